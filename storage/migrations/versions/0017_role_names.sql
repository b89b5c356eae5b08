-- The names that people with a role chose for it: facilitators and admins see them beside their numbers.
create table role_names (
    person bigint primary key,  -- Telegram user id
    name text not null
);
