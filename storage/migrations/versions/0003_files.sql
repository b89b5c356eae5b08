-- A file is uploaded once; afterwards it is sent by the id that Telegram gave it.
create table sent_files (
    bot bigint not null,         -- ids hold for one bot only
    digest text not null,        -- SHA-256 of the content: a changed file is another one
    file_id text not null,
    primary key (bot, digest)
);
