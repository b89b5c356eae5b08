-- What was known when an answer came. Null: not known, or the answer is from before this revision.
alter table attempts add column hour smallint;          -- of the week where the learner is, 0 is Monday 0:00 to 0:59
alter table attempts add column took smallint;          -- seconds since the learner's last tap; null after a break
alter table attempts add column standing smallint;      -- tenths of their earlier first answers that were right; null before five

-- What a learner came to, when it happened, by the course of that day: #started, a lesson, a module, #finished.
create table milestones (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,
    at bigint not null,
    minutes integer,             -- of learning, for a module and #finished; 0 for #started; null for a lesson
    primary key (learner, item)
);

-- Days (by UTC, numbered from 1970) on which a learner did something: 0 a fact of any kind, 1 a first answer.
create table visits (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    what smallint not null,
    day integer not null,
    primary key (learner, what, day)
);

-- In which cohorts a learner is counted, besides among everybody; follows memberships in the same transaction.
create table counted (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null,
    primary key (learner, cohort)
);

create index counted_in_cohort on counted (cohort, learner);

-- The same with everybody, who are cohort 0.
create view places as
select
    learner,
    0 as cohort
from learners
union all
select
    learner,
    cohort
from counted;

-- Each thing that is counted, one row each, with whose it is. Counters are these added up.
create view answers_of as
select
    learner,
    question,
    options,
    correct,
    case when ordinal = 1 then 1 else 0 end as is_first,
    coalesce(standing, -1) as standing
from attempts;

create view times_of as
select
    learner,
    question,
    took
from attempts
where took is not null;

create view hours_of as
select
    learner,
    correct,
    at / 86400000 as day,
    coalesce(hour, -1) as hour
from attempts
where ordinal = 1;

create view visits_of as
select
    learner,
    what,
    day,
    case
        when day - lag(day, 1, day) over (partition by learner, what order by day) > 99 then 99
        else day - lag(day, 1, day) over (partition by learner, what order by day)
    end as gap
from visits;

create view reached_of as
select
    learners.learner,
    milestones.item,
    learners.joined_at / 86400000 as since
from learners
inner join milestones on learners.learner = milestones.learner
union all
select
    learner,
    '#joined' as item,
    joined_at / 86400000 as since
from learners;

create view passed_of as
select
    learner,
    item,
    at / 86400000 as day,
    minutes
from milestones
where minutes is not null
union all
select
    learner,
    '#joined' as item,
    joined_at / 86400000 as day,
    0 as minutes
from learners;

create view readings_of as
select
    learner,
    item
from readings
where item not like '%#%';

-- What becomes of the counts of somebody who deletes their data.
create view partings as
select
    0 as gone,
    -1 as change
union all
select
    1 as gone,
    1 as change;

-- By how much a learner's share changes which counters: leaving is 0 when they join or leave cohorts, 1 when they are deleted.
create view shifts as
select
    memberships.learner,
    0 as leaving,
    memberships.cohort,
    0 as gone,
    1 as change
from memberships
left join counted on memberships.learner = counted.learner and memberships.cohort = counted.cohort
where memberships.left_at is null and counted.cohort is null
union all
select
    counted.learner,
    0 as leaving,
    counted.cohort,
    0 as gone,
    -1 as change
from counted
left join memberships on counted.learner = memberships.learner and counted.cohort = memberships.cohort and memberships.left_at is null
where memberships.cohort is null
union all
select
    counted.learner,
    1 as leaving,
    counted.cohort,
    partings.gone,
    partings.change
from counted
inner join memberships on counted.learner = memberships.learner and counted.cohort = memberships.cohort and memberships.left_at is null
cross join partings
union all
select
    learners.learner,
    1 as leaving,
    0 as cohort,
    partings.gone,
    partings.change
from learners
cross join partings;

-- Counters, kept in the transaction of what they count. Cohort 0 is everybody. Gone 1 is people who have deleted their data:
-- what they did stays in the sums, and nothing there says whose it was.
drop table answer_counts;
create table answer_counts (
    cohort bigint not null,
    gone smallint not null,
    question text not null,
    options text not null,       -- as in attempts
    is_first smallint not null,  -- 1: a learner's first answer to the question, 0: a later one
    standing smallint not null,  -- as in attempts; -1: not known
    count bigint not null,
    correct bigint not null,     -- of these, marked right when they came
    primary key (cohort, is_first, question, options, standing, gone)
);

create table time_counts (
    gone smallint not null,
    question text not null,
    took smallint not null,
    count bigint not null,
    primary key (question, took, gone)
);

-- First answers.
create table hour_counts (
    cohort bigint not null,
    gone smallint not null,
    day integer not null,
    hour smallint not null,      -- as in attempts; -1: not known
    count bigint not null,
    correct bigint not null,
    primary key (cohort, day, hour, gone)
);

create table visit_counts (
    cohort bigint not null,
    gone smallint not null,
    what smallint not null,
    day integer not null,
    gap smallint not null,       -- days since the learner's last such day, at most 99; 0: it was the first
    count bigint not null,
    primary key (cohort, what, day, gap, gone)
);

create index visit_counts_first on visit_counts (cohort, what, day) where gap = 0;

-- Milestones and #joined by the day on which the learner joined.
create table reach_counts (
    cohort bigint not null,
    gone smallint not null,
    item text not null,
    since integer not null,
    count bigint not null,
    primary key (cohort, item, since, gone)
);

-- Those with minutes, and #joined, by the day on which they happened.
create table pass_counts (
    cohort bigint not null,
    gone smallint not null,
    item text not null,
    day integer not null,
    minutes integer not null,
    count bigint not null,
    primary key (cohort, item, day, minutes, gone)
);

drop table reading_counts;
create table reading_counts (
    gone smallint not null,
    item text not null,          -- a card or the end of a module
    count bigint not null,
    primary key (item, gone)
);

-- When the counters were compared with the facts, and how many were wrong.
create table recounts (
    at bigint primary key,
    wrong bigint not null
);

create view facts_of as
select
    learner,
    at
from readings
union all
select
    learner,
    at
from attempts;

-- What is known of people from before this revision: whether they have started, and on which days they did something.
insert into milestones (learner, item, at, minutes)
select
    learner,
    '#started' as item,
    min(at) as at,
    0 as minutes
from facts_of
group by learner;

insert into visits (learner, what, day)
select distinct
    learner,
    0 as what,
    at / 86400000 as day
from facts_of;

insert into visits (learner, what, day)
select distinct
    learner,
    1 as what,
    at / 86400000 as day
from attempts
where ordinal = 1;

insert into answer_counts (cohort, gone, question, options, is_first, standing, count, correct)
select 0 as cohort, 0 as gone, question, options, is_first, standing, count(*) as count, sum(correct) as correct
from answers_of
group by question, options, is_first, standing;

insert into hour_counts (cohort, gone, day, hour, count, correct)
select 0 as cohort, 0 as gone, day, hour, count(*) as count, sum(correct) as correct
from hours_of
group by day, hour;

insert into visit_counts (cohort, gone, what, day, gap, count)
select 0 as cohort, 0 as gone, what, day, gap, count(*) as count
from visits_of
group by what, day, gap;

insert into reach_counts (cohort, gone, item, since, count)
select 0 as cohort, 0 as gone, item, since, count(*) as count
from reached_of
group by item, since;

insert into pass_counts (cohort, gone, item, day, minutes, count)
select 0 as cohort, 0 as gone, item, day, minutes, count(*) as count
from passed_of
group by item, day, minutes;

insert into reading_counts (gone, item, count)
select 0 as gone, item, count(*) as count
from readings_of
group by item;
