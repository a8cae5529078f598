import type { ReconcileMethod } from '../../spec/reconcile';
import type { Method } from '../ballot';
import { fields } from './fields';
import { firstValid } from './firstValid';
import { list } from './list';
import { majority } from './majority';
import { numeric } from './numeric';
import { medoid, supported } from './texts';
import { weighted } from './weighted';

/**
 * Every way to decide between answers that asks no model. For all of them: an answer that cannot be
 * read abstains, and still counts in the share; none that can be read gives `answer: null` and
 * `agreement: 0`; a tie is never agreed.
 *
 * | method       | agreement (0–1)                                   | of equal ones wins             | only one can be read            |
 * | ------------ | ------------------------------------------------- | ------------------------------ | ------------------------------- |
 * | `majority`   | share of the answers that give the winner         | most to the letter alike, then | it wins, 1 of n                 |
 * |              |                                                   | the first given                |                                 |
 * | `weighted`   | share of the weight behind the winner             | as `majority`                  | it wins, its share of weight    |
 * | `numeric`    | share of the weight within `agreeWithin`          | none: two middle numbers give  | it is the result                |
 * |              |                                                   | their mean                     |                                 |
 * | `fields`     | share behind each field's value, averaged over    | who is with the rest on most   | it is taken as it is            |
 * |              | the fields                                        | fields, then as `majority`     |                                 |
 * | `list`       | share that names an item, averaged over all items | none: equally supported items  | its items; under `atLeast` more |
 * |              |                                                   | are put in order of place      | than one are needed             |
 * | `firstValid` | share of the answers that pass                    | the first given                | it wins if it passes            |
 * | `medoid`     | mean cosine of the winner's words with each other | the first given                | it wins, agreement 0            |
 * |              | answer's                                          |                                |                                 |
 * | `supported`  | mean share of the other answers that hold each of | the first given                | it wins, agreement 0            |
 * |              | the winner's words and word pairs                 |                                |                                 |
 */
export const METHODS: Readonly<Record<ReconcileMethod, Method>> = {
	fields,
	firstValid,
	list,
	majority,
	medoid,
	numeric,
	supported,
	weighted,
};
