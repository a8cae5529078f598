import type { ReconcileMethod } from '../../spec/reconcile';
import type { Method } from '../ballot';
import { majority } from './majority';

/** Every way to decide between the answers. */
export const METHODS: Readonly<Record<ReconcileMethod, Method>> = { majority };
