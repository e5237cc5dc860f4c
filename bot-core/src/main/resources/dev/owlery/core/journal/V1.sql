-- Events. The payload goes when the event is done; the key stays a while to know it again.
create table inbox (
  number    integer primary key,
  account   text    not null,
  key       text    not null,
  room      text    not null,  -- without the account; empty for the account itself
  at        integer not null,  -- milliseconds since 1970, by the network's clock
  caught_up integer not null,  -- 1 if it was read from a history
  recorded  integer not null,  -- milliseconds since 1970, by our clock
  payload   text               -- JSON; null when done
);
create unique index inbox_key on inbox (account, key);

-- Actions that are not settled.
create table outbox (
  number  integer primary key,
  made    integer not null,    -- milliseconds since 1970
  attempt integer not null,    -- which is next or under way; 1 for the first
  handed  integer not null,    -- 1 if it may have been sent
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

-- The newest event of each room, up to the event "rooms" of meta; later ones are in the inbox.
create table room (
  account   text    not null,
  room      text    not null,
  key       text    not null,
  at        integer not null,
  caught_up integer not null,
  primary key (account, room)
) without rowid;

-- store: the store's random id. events, actions: numbers up to these may have been used.
-- rooms: see above. done: all events up to this one are done.
create table meta (
  name  text primary key,
  value text not null
) without rowid;
