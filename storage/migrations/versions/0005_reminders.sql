-- What a learner wishes about reminders. Times of the day are minutes after midnight where the learner is.
alter table learners add column zone text;              -- an IANA zone; null until it is told
alter table learners add column remind_at smallint;     -- null: the course's own time of the day
alter table learners add column as_usual smallint not null default 0;     -- 1: when they usually learn
alter table learners add column quiet_from smallint not null default 1200;
alter table learners add column quiet_to smallint not null default 480;
alter table learners add column rest_days text not null default '';       -- digits, 0 is Monday
alter table learners add column pace text not null default 'normal';
alter table learners add column snoozed_until bigint;
alter table learners add column paused_at bigint;       -- null: not paused

-- Where reminding stands. Rows from before this revision have no next reminder until they do something.
alter table learners add column active_at bigint;       -- the last thing they did; null: not known, joined_at stands for it
alter table learners add column nudges_used smallint not null default 0;  -- opportunities since then
alter table learners add column nudged_at bigint;       -- the last opportunity of any kind
alter table learners add column deadline_used bigint;   -- the deadline they were nudged for
alter table learners add column proactive_at bigint;    -- when we last sent them something unasked
alter table learners add column next_nudge_at bigint;   -- when to look whether a nudge is due; null: not before they come back
create index learners_to_nudge on learners (next_nudge_at) where next_nudge_at is not null;

-- The outbox: a message that nobody asked for, to one learner, and what became of it.
-- queued: to be sent; claimed: in the hands of a sender; sending: the request may have been written; then sent, failed,
-- unknown (no answer came: not sent again), skipped (no longer wanted or allowed), cancelled (the learner came before it).
create table deliveries (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    kind text not null,          -- nudge or broadcast
    subject text not null,       -- of a nudge its opportunity, of a broadcast its number
    state text not null,
    reason text,                 -- why it failed or was skipped
    due_at bigint not null,      -- not before
    holder text,                 -- the run of the sender that claimed it
    claimed_at bigint,
    sent_at bigint,
    message_id bigint,           -- as Telegram numbers it in the chat
    made_at bigint not null,
    primary key (learner, kind, subject)
);

create index deliveries_queued on deliveries (kind, due_at, learner) where state = 'queued';
create index deliveries_in_hand on deliveries (holder) where state in ('claimed', 'sending');

-- One moment at which a nudge was due: sent, or held out to see what happens without.
create table nudges (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    opportunity text not null,
    kind text not null,
    wording smallint not null,
    arm text not null,           -- send or hold
    at bigint not null,
    back_at bigint,              -- the first fact after it, within three days
    stopped smallint not null,   -- 1: the learner stopped reminders within three days
    blocked smallint not null,   -- 1: the learner blocked the bot within three days
    snoozed smallint not null,   -- 1: the learner put reminders off within three days
    primary key (learner, opportunity)
);

-- The same added up. It outlives the learners: it says nothing of a person.
create table nudge_counts (
    kind text not null,
    wording smallint not null,
    arm text not null,
    made bigint not null,
    sent bigint not null,
    back_in_day bigint not null,
    back_in_three bigint not null,
    stopped bigint not null,
    blocked bigint not null,
    snoozed bigint not null,
    primary key (kind, wording, arm)
);

-- Which run of the program does something that only one may do.
create table leases (
    name text primary key,
    holder text not null,
    until bigint not null
);
