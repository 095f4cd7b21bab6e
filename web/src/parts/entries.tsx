// What a section says, and what differs between two versions of it.
import { t, word } from '../app/words.ts';
import type { ItemChange, SheetEntry, SheetItem, SheetSection } from '../model.ts';
import { ADL_LEVELS, ITEMS, difference, entryOf, isBlank } from '../lib/sheet.ts';
import { Day } from './basic.tsx';

// "自立 ● ○ ○ ○": the level as a word and as a place among four.
export function Level({ entry }: { entry: SheetEntry }) {
  if (!entry.level) return null;
  const step = ADL_LEVELS.indexOf(entry.level) + 1;
  return (
    <span class="level">
      <span class="level-word">{word('adl_level', entry.level)}</span>
      <span class="level-steps" aria-hidden="true">
        {ADL_LEVELS.map((_, at) => (
          <span key={at} class={at < step ? 'level-step level-on' : 'level-step'} />
        ))}
      </span>
    </span>
  );
}

export function EntryText({ entry }: { entry: SheetEntry | undefined }) {
  if (!entry || isBlank(entry)) return <span class="soft">{t('sheet.nothing')}</span>;
  return (
    <>
      <Level entry={entry} />
      {entry.text && <span class="entry-text">{entry.text}</span>}
      {(entry.recorded_on || entry.heard_by) && (
        <span class="entry-source">
          {entry.recorded_on && <Day date={entry.recorded_on} />} {entry.heard_by && t('sheet.heard', { name: entry.heard_by })}
        </span>
      )}
    </>
  );
}

export function Entries({ section, entries }: { section: SheetSection; entries: readonly SheetEntry[] }) {
  const shown = ITEMS[section].filter((item) => !isBlank(entryOf(entries, item)));
  const missing = ITEMS[section].filter((item) => isBlank(entryOf(entries, item)));
  if (shown.length === 0) return <p class="soft">{t('sheet.empty')}</p>;
  return (
    <>
      <dl class={section === 'daily_living' ? 'entries entries-levels' : 'entries'}>
        {shown.map((item) => (
          <div class="entry" key={item}>
            <dt>{word('sheet_item', item)}</dt>
            <dd>
              <EntryText entry={entryOf(entries, item)} />
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 && <p class="soft missing">{t('sheet.missing', { items: missing.map((item) => word('sheet_item', item)).join('・') })}</p>}
    </>
  );
}

function TextChange({ before, after }: { before: string; after: string }) {
  return (
    <span class="entry-text">
      {difference(before, after).map((piece, at) =>
        piece.kind === 'same' ? (
          <span key={at}>{piece.text}</span>
        ) : piece.kind === 'gone' ? (
          <del key={at}>
            <span class="hidden">{t('diff.gone')}</span>
            {piece.text}
          </del>
        ) : (
          <ins key={at}>
            <span class="hidden">{t('diff.new')}</span>
            {piece.text}
          </ins>
        ),
      )}
    </span>
  );
}

function LevelChange({ before, after }: { before?: SheetEntry; after?: SheetEntry }) {
  if (before?.level === after?.level) return after ? <Level entry={after} /> : null;
  return (
    <span class="level-change">
      {before?.level && <del>{word('adl_level', before.level)}</del>} {after?.level && <ins>{word('adl_level', after.level)}</ins>}
    </span>
  );
}

export function Changed({ changes }: { changes: readonly ItemChange[] }) {
  if (changes.length === 0) return <p class="soft">{t('diff.none')}</p>;
  return (
    <dl class="entries changes">
      {changes.map(({ item, before, after }) => (
        <div class="entry" key={item}>
          <dt>{word('sheet_item', item)}</dt>
          <dd>
            <LevelChange before={before} after={after} />
            <TextChange before={before?.text ?? ''} after={after?.text ?? ''} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

// The same, worked out here from two whole versions.
export function changesBetween(section: SheetSection, before: readonly SheetEntry[], after: readonly SheetEntry[]): ItemChange[] {
  const result: ItemChange[] = [];
  for (const item of ITEMS[section] as readonly SheetItem[]) {
    const old = entryOf(before, item);
    const fresh = entryOf(after, item);
    if ((old?.text ?? '') === (fresh?.text ?? '') && old?.level === fresh?.level) continue;
    result.push({ item, ...(old ? { before: old } : {}), ...(fresh ? { after: fresh } : {}) });
  }
  return result;
}
