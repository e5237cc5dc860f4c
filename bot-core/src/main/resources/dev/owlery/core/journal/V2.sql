-- A comment behind a line has no semicolon: the migration library would end the statement there.

-- Events that an earlier process had left, while they are handled after a start. A row goes when its
-- event is done, what is left of one means that the process ended inside of a plugin's code.
create table attempt (
  number  integer primary key,  -- the event's in inbox
  count   integer not null,     -- how many attempts there were, this one included
  handler text    not null      -- the plugin and the method that ran last
);

-- Events whose handling has ended the process too often, put aside. The first columns are inbox's.
create table dead_event (
  number    integer primary key,
  account   text    not null,
  room      text    not null,
  key       text    not null,
  at        integer not null,
  caught_up integer not null,
  payload   text    not null,
  attempts  integer not null,
  handler   text    not null,
  since     integer not null,   -- when it was put aside, milliseconds since 1970
  told      integer not null    -- 1 when the administrators know of it
);
