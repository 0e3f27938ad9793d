/**
 * A callback is forgotten, by statements. `statements.ts` has all other kinds of writes; `writer.ts` empties the log after it.
 *
 * 1. What is deleted is overwritten in the file (`secure_delete`, `connection.ts`).
 */
import type { Database } from 'better-sqlite3';
import type { Perform } from './perform.js';

const SESSIONS = "(SELECT sessionid FROM session WHERE callback = @id AND status <> 'active')";
/** By the session, or by the callback: `callback/<id>` begins the keys of its entries, and it is the session of what starts it. */
const ENTRIES = `sessionid IN ${SESSIONS} OR sessionid = @id OR key = 'callback/' || @id
  OR substr(key, 1, length(@id) + 10) = 'callback/' || @id || '/'`;

/** Sessions last: by them the others are found. */
const deletions = [
  `DELETE FROM outbox WHERE ${ENTRIES}`,
  `DELETE FROM dead_letter WHERE ${ENTRIES}`,
  `DELETE FROM interaction WHERE sessionid IN ${SESSIONS}`,
  `DELETE FROM inbox WHERE scope IN ${SESSIONS}`,
  // What was answered to its start: its id, or nothing yet.
  `DELETE FROM inbox WHERE scope = 'callback' AND (sendid = @id OR answer = '{"_id":"' || @id || '"}')`,
  "DELETE FROM session WHERE callback = @id AND status <> 'active'",
  'DELETE FROM callback_property WHERE id = @id',
  'DELETE FROM callback WHERE id = @id',
];

export const forgetting = (database: Database): Perform => {
  const statements = deletions.map((sql) => database.prepare<[{ readonly id: unknown }]>(sql));
  return ([id], changed) => {
    for (const statement of statements) statement.run({ id });
    changed.delete(String(id));
  };
};
