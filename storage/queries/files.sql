-- name: file_id_of(bot, digest)
-- What Telegram calls a file of this content; no row for one that was never sent.
select file_id
from sent_files
where bot = :bot and digest = :digest;

-- name: remember_file(bot, digest, file_id)!
-- Keeps what Telegram calls a file, the newest id.
insert into sent_files (bot, digest, file_id)
values (:bot, :digest, :file_id)
on conflict (bot, digest) do update set file_id = :file_id;
