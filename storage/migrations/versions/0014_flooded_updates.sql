-- 1: a person's flood was cut off here, which they are told instead of an answer. This was a key in the body before.
alter table inbox add column is_flood smallint not null default 0;
update inbox set is_flood = 1 where replace(body, ',"tutorbot_flooded"', '') <> body;
