import { claimDraftSchema, type ClaimDraft } from '@faultline/evidence';
import type { Quarantine } from '../model/adapter.js';
import { pointerOf, printable, shown, wantedBy } from './fault.js';

/** As long as a claim's own may be. */
const LOCATOR_MAX = 400;

/**
 * Makes one set of drafts of what the items of a document gave. The same draft twice is kept once; two drafts with one
 * identity that say different things are both set aside as `feed.id_conflict`, for their order in a document means
 * nothing; a draft that is no valid claim is set aside too, so that no reader of a feed can hand one on.
 */
export function settleDrafts(drafts: readonly ClaimDraft[]): { drafts: ClaimDraft[]; quarantined: Quarantine[] } {
  const kept = new Map<string, { draft: ClaimDraft; said: string; conflict: boolean }>();
  const quarantined: Quarantine[] = [];
  for (const draft of drafts) {
    const checked = claimDraftSchema.safeParse(draft);
    const where = printable(draft.locator ?? draft.item.id, LOCATOR_MAX);
    if (!checked.success) {
      const issue = checked.error.issues[0]!;
      quarantined.push({
        code: 'field.invalid',
        locator: where,
        got: shown(draft.item),
        wanted: `${wantedBy(issue)} at ${pointerOf('', ...issue.path)}`,
      });
      continue;
    }
    const key = JSON.stringify([draft.item.id, draft.item.version, draft.item.part]);
    const said = JSON.stringify({ ...draft, locator: null });
    const held = kept.get(key);
    if (held === undefined) kept.set(key, { draft, said, conflict: false });
    else if (held.said !== said) {
      held.conflict = true;
      quarantined.push({
        code: 'feed.id_conflict',
        locator: where,
        got: shown(draft.item),
        wanted: `what ${held.draft.locator ?? 'the first'} says`,
      });
    }
  }
  return { drafts: [...kept.values()].filter(({ conflict }) => !conflict).map(({ draft }) => draft), quarantined };
}
