-- What learners say is wrong with the course, until somebody has dealt with it.
create table reports (
    update_id bigint primary key,    -- of the message that told of it; also its number
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,              -- the card or question the learner was at
    said text not null,
    course_version text not null,
    at bigint not null
);

create index reports_of_learner on reports (learner);
