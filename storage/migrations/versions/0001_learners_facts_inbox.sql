-- Times are integers: milliseconds since 1970 in UTC. `learner` is Telegram's user id.
create table learners (
    learner bigint primary key,
    joined_at bigint not null,
    language text,               -- as Telegram told it last; null when it tells none
    plain smallint not null,     -- 1: no bars, no symbols
    stopped_at bigint,           -- null: may hear from us unasked
    unreachable_at bigint        -- null: has not blocked the bot
);

-- What a learner has seen to its end: a card, the feedback to an attempt (question#ordinal), the end of a module. Append-only.
create table readings (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,
    at bigint not null,
    update_id bigint not null,
    primary key (learner, item)
);

-- What a learner answered. Append-only; progress is folded from it.
create table attempts (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    question text not null,
    ordinal integer not null,    -- 1 for the first answer to this question
    options text not null,       -- the options chosen, ids joined by a full stop
    correct smallint not null,
    course_version text not null,
    at bigint not null,
    update_id bigint not null,
    primary key (learner, question, ordinal),
    unique (learner, update_id)  -- an update that comes twice changes nothing
);

-- What Telegram handed over. A row stands here before the update is confirmed, and is done when its effect and its reply are.
create table inbox (
    update_id bigint primary key,
    learner bigint,              -- whose turn it waits for; null when it belongs to nobody
    body text not null,          -- the update as JSON; emptied when done
    received_at bigint not null,
    applied_at bigint,           -- its facts are committed, the reply may be owed
    done_at bigint,
    tries integer not null,
    error text                   -- why it was set aside
);

create index inbox_owed on inbox (received_at, update_id) where done_at is null;
create index inbox_done on inbox (done_at) where done_at is not null;
