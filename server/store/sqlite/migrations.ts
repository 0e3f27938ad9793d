/**
 * The tables, as the steps that made them. `schema.ts` takes a database through those that it lacks.
 *
 * 1. What is published does not change: `test/server/store/sqlite/schema.test.ts` holds the hash of each. A change is one more.
 * 2. Times are milliseconds since the epoch; what is wide or nested is JSON, in the last columns.
 * 3. An index is there because a read of `port.ts` needs it; columns that change with every step stand in none.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE session (
    sessionid TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    uri TEXT NOT NULL,
    document TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    callback TEXT,
    invoker TEXT,
    invokeid TEXT,
    invoker_seq INTEGER,
    depth INTEGER NOT NULL,
    configuration TEXT NOT NULL,
    state TEXT NOT NULL
  ) STRICT;
  CREATE INDEX session_by_status ON session (status);

  CREATE TABLE document (
    hash TEXT NOT NULL PRIMARY KEY,
    uri TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT,
    resources TEXT NOT NULL
  ) STRICT;

  CREATE TABLE outbox (
    seq INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    sessionid TEXT,
    sendid TEXT,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    task TEXT NOT NULL
  ) STRICT;
  CREATE INDEX outbox_by_due ON outbox (due);
  CREATE INDEX outbox_delayed ON outbox (sessionid, sendid) WHERE sendid IS NOT NULL;

  CREATE TABLE dead_letter (
    seq INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    sessionid TEXT,
    sendid TEXT,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    task TEXT NOT NULL,
    reason TEXT NOT NULL,
    since INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX dead_letter_by_age ON dead_letter (since);

  -- The greatest seq that was ever given: one row, which outlives the entries.
  CREATE TABLE last_seq (seq INTEGER NOT NULL) STRICT;
  INSERT INTO last_seq VALUES (0);

  CREATE TABLE inbox (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    sendid TEXT,
    answer TEXT,
    PRIMARY KEY (scope, id)
  ) STRICT;
  CREATE INDEX inbox_by_age ON inbox (at);
  CREATE INDEX inbox_unanswered ON inbox (sendid) WHERE sendid IS NOT NULL AND answer IS NULL;

  CREATE TABLE interaction (
    interactionid TEXT NOT NULL PRIMARY KEY,
    sessionid TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE callback (
    id TEXT NOT NULL PRIMARY KEY,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    customer_number TEXT,
    desired_time INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expiration_time INTEGER NOT NULL,
    sessionid TEXT,
    properties TEXT NOT NULL,
    history TEXT NOT NULL
  ) STRICT;
  CREATE INDEX callback_by_customer ON callback (customer_number, created_at);
  CREATE INDEX callback_by_service ON callback (service, created_at);
  CREATE INDEX callback_by_state ON callback (state);`,
  // Of sessions that were over before it is not known when they ended: they are kept as if they had ended now.
  `ALTER TABLE session ADD COLUMN ended_at INTEGER;
  UPDATE session SET ended_at = unixepoch() * 1000 WHERE status <> 'active';
  CREATE INDEX session_by_end ON session (ended_at) WHERE ended_at IS NOT NULL;`,
  `CREATE TABLE list_item (
    list TEXT NOT NULL,
    section TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (list, section, key)
  ) STRICT;`,
  `CREATE INDEX callback_live ON callback (service) WHERE state <> 'COMPLETED';`,
  // The time is behind the service, so that who counts by service only finds the same in it.
  `CREATE INDEX callback_booked ON callback (service, desired_time) WHERE state <> 'COMPLETED';
  DROP INDEX callback_live;`,
  // What a callback has or once had, by which it is found; for one that there was before, what it has.
  `CREATE TABLE callback_property (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    desired_time INTEGER NOT NULL,
    PRIMARY KEY (id, name, value)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO callback_property
    SELECT id, '_customer_number', customer_number, desired_time FROM callback
      WHERE length(customer_number) BETWEEN 1 AND 200
    UNION
    SELECT id, key, text, desired_time FROM (
      SELECT c.id, j.key, c.desired_time,
        CASE j.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE CAST(j.atom AS TEXT) END AS text
      FROM callback c, json_each(c.properties) j WHERE j.type IN ('text', 'integer', 'real', 'true', 'false')
    ) WHERE length(text) BETWEEN 1 AND 200;
  CREATE INDEX callback_by_property ON callback_property (name, value, desired_time);
  DROP INDEX callback_by_customer;
  DROP INDEX callback_by_state;
  CREATE INDEX callback_by_state ON callback (state, desired_time, id);
  CREATE INDEX callback_by_service_and_state ON callback (service, state, desired_time, id);`,
  'CREATE INDEX session_by_callback ON session (callback) WHERE callback IS NOT NULL;',
  // How many live callbacks are wanted in each five minutes, kept by the database itself; those that are there are counted.
  `CREATE TABLE booked (
    service TEXT NOT NULL,
    slot INTEGER NOT NULL,
    callbacks INTEGER NOT NULL,
    PRIMARY KEY (service, slot)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO booked
    SELECT service, desired_time - desired_time % 300000 AS slot, count(*) FROM callback
      WHERE state <> 'COMPLETED' GROUP BY service, slot;
  CREATE TRIGGER booked_insert AFTER INSERT ON callback WHEN NEW.state <> 'COMPLETED' BEGIN
    INSERT INTO booked VALUES (NEW.service, NEW.desired_time - NEW.desired_time % 300000, 1)
      ON CONFLICT DO UPDATE SET callbacks = callbacks + 1;
  END;
  CREATE TRIGGER booked_delete AFTER DELETE ON callback WHEN OLD.state <> 'COMPLETED' BEGIN
    UPDATE booked SET callbacks = callbacks - 1
      WHERE service = OLD.service AND slot = OLD.desired_time - OLD.desired_time % 300000;
    DELETE FROM booked
      WHERE service = OLD.service AND slot = OLD.desired_time - OLD.desired_time % 300000 AND callbacks = 0;
  END;
  CREATE TRIGGER booked_update AFTER UPDATE OF service, state, desired_time ON callback
    WHEN (OLD.state <> 'COMPLETED') <> (NEW.state <> 'COMPLETED')
      OR OLD.desired_time <> NEW.desired_time OR OLD.service <> NEW.service BEGIN
    UPDATE booked SET callbacks = callbacks - 1
      WHERE service = OLD.service AND slot = OLD.desired_time - OLD.desired_time % 300000 AND OLD.state <> 'COMPLETED';
    DELETE FROM booked
      WHERE service = OLD.service AND slot = OLD.desired_time - OLD.desired_time % 300000 AND callbacks = 0;
    INSERT INTO booked
      SELECT NEW.service, NEW.desired_time - NEW.desired_time % 300000, 1 WHERE NEW.state <> 'COMPLETED'
      ON CONFLICT DO UPDATE SET callbacks = callbacks + 1;
  END;`,
];
