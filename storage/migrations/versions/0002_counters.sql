-- Counts kept in the same transaction as the facts they count, so that statistics need not read all facts.
-- They outlive the learners: a count says nothing of a person.
create table answer_counts (
    question text not null,
    options text not null,      -- as in attempts
    is_first smallint not null,    -- 1: a learner's first answer to the question, 0: a later one
    count bigint not null,
    primary key (question, options, is_first)
);

create table reading_counts (
    item text primary key,      -- a card or the end of a module
    count bigint not null
);

insert into answer_counts (question, options, is_first, count)
select
    question,
    options,
    case when ordinal = 1 then 1 else 0 end as is_first,
    count(*) as count
from attempts
group by question, options, case when ordinal = 1 then 1 else 0 end;

insert into reading_counts (item, count)
select
    item,
    count(*) as count
from readings
where item not like '%#%'
group by item;
