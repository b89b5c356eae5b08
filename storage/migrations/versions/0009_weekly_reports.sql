-- Who among admins and facilitators wants a report once a week. They need not be learners.
create table weekly_reports (
    person bigint primary key,
    minute smallint not null,    -- after midnight, by the clock where they are
    not_before bigint not null,  -- the next comes at the first such minute of a Monday after this moment
    holder text                  -- the run of the program that took the last one into its hands
);
