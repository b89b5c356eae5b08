-- A message goes to its recipient, a person or a group; a learner's row is deleted with the learner.
create table addressed (
    recipient bigint not null,   -- the chat: a user id, or a group's id, which is negative
    kind text not null,          -- what it is; see storage/outbox.py
    subject text not null,       -- which one of its kind
    learner bigint references learners (learner) on delete cascade deferrable initially deferred,  -- null: of nobody
    state text not null,
    reason text,                 -- why it failed or was skipped
    due_at bigint not null,      -- not before
    holder text,                 -- the run of the sender that claimed it
    claimed_at bigint,
    sent_at bigint,
    message_id bigint,           -- as Telegram numbers it in the chat
    made_at bigint not null,
    primary key (recipient, kind, subject)
);

-- Before the rows: PostgreSQL makes no index on a table with constraints that are still to be checked.
drop index deliveries_queued;
drop index deliveries_in_hand;
drop index deliveries_of_broadcast;
create index deliveries_queued on addressed (kind, due_at, recipient) where state = 'queued';
create index deliveries_in_hand on addressed (holder) where state in ('claimed', 'sending');
create index deliveries_of_broadcast on addressed (subject, state) where kind = 'broadcast';
create index deliveries_of_learner on addressed (learner);

insert into addressed (
    recipient, kind, subject, learner, state, reason, due_at, holder, claimed_at, sent_at, message_id, made_at
)
select learner as recipient, kind, subject, learner, state, reason, due_at, holder, claimed_at, sent_at, message_id, made_at
from deliveries
where kind <> 'question';

-- That a question has come was kept with whoever asked it, by the number of the question and the facilitator's.
insert into addressed (
    recipient, kind, subject, learner, state, reason, due_at, holder, claimed_at, sent_at, message_id, made_at
)
select
    cast(replace(subject, cast(request as text) || ':', '') as bigint) as recipient,
    kind,
    cast(request as text) as subject,
    deliveries.learner,
    state,
    reason,
    due_at,
    holder,
    claimed_at,
    sent_at,
    message_id,
    made_at
from deliveries
inner join requests
    on deliveries.learner = requests.learner and subject like cast(request as text) || ':%'
where kind = 'question';

drop table deliveries;
alter table addressed rename to deliveries;

-- Weekly reports are claimed in the outbox, as all messages are.
alter table weekly_reports drop column holder;
