import { SetupError } from '../lib/setupError.mjs';

const asSource = ({ source, checkedOn }) => ({ label: source, checkedOn });

const withFacts = (row, set, entry) => ({
	...row,
	...set,
	sources: [...row.sources, asSource(entry)],
});

const isNamedBy = (row, { provider, pattern }) =>
	row.provider === provider && new RegExp(pattern).test(row.model);

function applyRule(row, rule) {
	if (!isNamedBy(row, rule)) return row;
	if (rule.onlyWithInput && !row.inputs.includes(rule.onlyWithInput)) return row;
	const set = {
		...rule.set,
		...(rule.addInputs && { inputs: [...new Set([...row.inputs, ...rule.addInputs])] }),
		...(rule.batchFactor && row.pricing && { batchFactor: rule.batchFactor }),
	};
	return Object.keys(set).length === 0 ? row : withFacts(row, set, rule);
}

/**
 * Facts that the sources lack, from `overrides.json`: rows (made from the row they are `like`, where
 * there is one), aliases, rules by name, and what the vendors have announced to shut down; and
 * rows to leave out.
 */
export function applyOverrides({ rows, aliases, report }, overrides) {
	const changed = new Map(rows);
	for (const entry of overrides.rows) {
		for (const id of entry.ids) {
			const base = changed.get(entry.like ?? id);
			if (!base) throw new SetupError(`overrides.json: no row ${entry.like ?? id} to start from.`);
			const [provider, ...model] = id.split('/');
			changed.set(id, { ...withFacts(base, entry.set, entry), provider, model: model.join('/') });
		}
	}
	for (const rule of overrides.rules) {
		for (const [id, row] of changed) changed.set(id, applyRule(row, rule));
	}
	for (const entry of overrides.deprecated) {
		for (const [id, row] of changed) {
			if (isNamedBy(row, entry)) changed.set(id, withFacts(row, { deprecated: true }, entry));
		}
	}
	for (const entry of overrides.drop) {
		for (const [id, row] of changed) {
			if (isNamedBy(row, entry)) changed.delete(id);
		}
	}
	// A stated alias says more than a row that holds little but a price.
	const stated = overrides.aliases.flatMap((entry) => Object.entries(entry.aliases));
	for (const [alias] of stated) changed.delete(alias);
	const allAliases = new Map([...aliases, ...stated].filter(([alias]) => !changed.has(alias)));
	for (const [alias, id] of allAliases) {
		if (!changed.has(id)) throw new SetupError(`The alias ${alias} stands for ${id}: no such row.`);
	}
	return { rows: changed, aliases: allAliases, report };
}
