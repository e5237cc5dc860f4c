-- A comment behind a line has no semicolon: the migration library would end the statement there.

-- Which migrations were run.
create table changelog (
  id          integer primary key,
  applied_at  text    not null,
  description text    not null
);

-- Events that are not done, and the latest ones. The payload goes when the event is done, the row
-- when its key is in a bundle.
create table inbox (
  number    integer primary key,
  account   text    not null,
  room      text    not null,  -- empty for the account itself
  key       text    not null,
  at        integer not null,  -- milliseconds since 1970, by the network's clock
  caught_up integer not null,  -- 1 if it was read from a history
  payload   text               -- JSON, null when done
);

-- The keys of earlier events, to know them again: eight bytes of SipHash-2-4 for each.
create table keys (
  number integer primary key,  -- of the last event in the bundle
  noted  integer not null,     -- milliseconds since 1970
  count  integer not null,
  prints blob    not null
);

-- Actions that are not settled.
create table outbox (
  number  integer primary key,
  made    integer not null,    -- milliseconds since 1970
  attempt integer not null,    -- which is next or under way, 1 for the first
  handed  integer not null,    -- since when it may have been sent, 0 if it certainly was not
  payload text    not null     -- JSON
);

-- Actions that were given up.
create table dead (
  number  integer primary key,
  made    integer not null,
  attempt integer not null,
  handed  integer not null,
  payload text    not null,
  reason  text    not null
);

-- What plugins and accounts remember.
create table kv (
  space text not null,
  key   text not null,
  value text not null,
  primary key (space, key)
) without rowid;

-- The newest event of each room, up to the event "noted" of meta, later ones are in the inbox.
create table room (
  account   text    not null,
  room      text    not null,
  key       text    not null,
  at        integer not null,
  caught_up integer not null,
  primary key (account, room)
) without rowid;

-- store: the store's random id. seed-1, seed-2: the key of the prints. noted: rooms and keys hold
-- the events up to this one. events, actions: numbers up to these may have been used.
create table meta (
  name  text primary key,
  value text not null
) without rowid;
