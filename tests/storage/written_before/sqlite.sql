CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES
('0011');
CREATE TABLE answer_counts (
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
INSERT INTO "answer_counts" VALUES
(0,0,'m1q1','a',1,-1,8,8),
(669247624,0,'m1q1','a',1,-1,7,7),
(0,0,'m1q1','b',1,-1,3,0),
(669247624,0,'m1q1','b',1,-1,3,0),
(0,0,'m1q2','b',1,-1,1,0),
(669247624,0,'m1q2','b',1,-1,1,0),
(0,0,'m1q2','a.c',1,-1,8,8),
(669247624,0,'m1q2','a.c',1,-1,7,7),
(0,0,'m1q3','a',1,-1,2,0),
(669247624,0,'m1q3','a',1,-1,1,0),
(0,0,'m1q3','b',0,-1,1,1),
(669247624,0,'m1q3','b',0,-1,1,1),
(0,0,'m2q1','c',1,-1,3,3),
(669247624,0,'m2q1','c',1,-1,3,3),
(0,0,'m1q3','b',1,-1,3,3),
(669247624,0,'m1q3','b',1,-1,3,3),
(0,0,'m1q1','a',0,-1,2,2),
(669247624,0,'m1q1','a',0,-1,2,2),
(0,1,'m1q1','a',1,-1,1,1),
(0,1,'m1q2','a.c',1,-1,1,1),
(0,1,'m1q3','a',1,-1,1,0);
CREATE TABLE attempts (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    question text not null,
    ordinal integer not null,    -- 1 for the first answer to this question
    options text not null,       -- the options chosen, ids joined by a full stop
    correct smallint not null,
    course_version text not null,
    at bigint not null,
    update_id bigint not null, hour smallint, took smallint, standing smallint,
    primary key (learner, question, ordinal),
    unique (learner, update_id)  -- an update that comes twice changes nothing
);
INSERT INTO "attempts" VALUES
(1001,'m1q1',1,'a',1,'1',1794830768000,669247704,15,24,NULL),
(1002,'m1q1',1,'b',0,'1',1794830840000,669247707,15,24,NULL),
(1003,'m1q1',1,'a',1,'1',1794830912000,669247710,15,24,NULL),
(1003,'m1q2',1,'b',0,'1',1794830964000,669247713,15,28,NULL),
(1004,'m1q1',1,'a',1,'1',1794831060000,669247717,15,24,NULL),
(1004,'m1q2',1,'a.c',1,'1',1794831116000,669247721,15,32,NULL),
(1004,'m1q3',1,'a',0,'1',1794831188000,669247724,15,24,NULL),
(1004,'m1q3',2,'b',1,'1',1794831236000,669247726,NULL,NULL,NULL),
(1004,'m2q1',1,'c',1,'1',1794831332000,669247730,15,24,NULL),
(1005,'m1q1',1,'a',1,'1',1794831452000,669247735,15,24,NULL),
(1005,'m1q2',1,'a.c',1,'1',1794831508000,669247739,15,32,NULL),
(1006,'m1q1',1,'a',1,'1',1794831580000,669247742,7,24,NULL),
(1006,'m1q2',1,'a.c',1,'1',1794831636000,669247746,7,32,NULL),
(1006,'m1q3',1,'b',1,'1',1794831708000,669247749,7,24,NULL),
(1006,'m2q1',1,'c',1,'1',1794831804000,669247753,7,24,NULL),
(1007,'m1q1',1,'a',1,'1',1794831924000,669247758,15,24,NULL),
(1007,'m1q2',1,'a.c',1,'1',1794831980000,669247762,15,32,NULL),
(1008,'m1q1',1,'b',0,'1',1794832100000,669247767,21,24,NULL),
(1008,'m1q2',1,'a.c',1,'1',1794832156000,669247771,21,32,NULL),
(1009,'m1q1',1,'b',0,'1',1794832228000,669247774,7,24,NULL),
(1009,'m1q2',1,'a.c',1,'1',1794832284000,669247778,7,32,NULL),
(1009,'m1q3',1,'b',1,'1',1794832356000,669247781,7,24,NULL),
(1009,'m1q1',2,'a',1,'1',1794832404000,669247783,NULL,NULL,NULL),
(1009,'m2q1',1,'c',1,'1',1794832500000,669247787,7,24,NULL),
(1010,'m1q1',1,'a',1,'1',1794832620000,669247792,15,24,NULL),
(1010,'m1q2',1,'a.c',1,'1',1794832676000,669247796,15,32,NULL),
(1010,'m1q3',1,'a',0,'1',1794832748000,669247799,15,24,NULL),
(1011,'m1q1',1,'a',1,'1',1794832844000,669247803,15,24,NULL),
(1002,'m1q2',1,'a.c',1,'1',1797238820000,669247859,12,12,NULL),
(1002,'m1q3',1,'b',1,'1',1797238832000,669247862,12,4,NULL),
(1002,'m1q1',2,'a',1,'1',1797238840000,669247864,NULL,NULL,NULL);
CREATE TABLE audit (
    update_id bigint not null,
    act text not null,
    subject text not null,       -- what it was done to, such as a cohort's id; a learner is named by their membership
    detail text not null,
    actor bigint not null,
    at bigint not null,
    primary key (update_id, act, subject)
);
INSERT INTO "audit" VALUES
(669247620,'offer-role','facilitator','facilitator',3001,1794830404000),
(669247622,'take-offer','facilitator','facilitator',2001,1794830412000),
(669247624,'make-cohort','669247624','',2001,1794830420000),
(669247625,'offer-role','669247624','facilitator',2001,1794830424000),
(669247627,'take-offer','669247624','facilitator',2002,1794830432000),
(669247628,'offer-role','admin','admin',3001,1794830436000),
(669247630,'take-offer','admin','admin',3002,1794830444000),
(669247635,'make-link','669247624','7 days',2001,1794830464000),
(669247638,'make-link','669247624','30 days',2001,1794830476000),
(669247674,'bind-group','669247624','',2001,1794830608000),
(669247819,'take-question','669247818','',2001,1794833108000),
(669247821,'write-note','669247643','request',2001,1794833116000),
(669247824,'send-broadcast','669247824','',2001,1794833152000),
(669247839,'send-broadcast','669247839','',2002,1794833200000),
(669247843,'cancel-broadcast','669247839','',2002,1794833204000),
(669247845,'export','everybody','xlsx',3001,1794833212000),
(669247846,'send-broadcast','669247846','',2002,1794919620000),
(669247848,'stop-broadcast','669247846','',2002,1794919624000),
(669247850,'undo-broadcast','669247846','',2002,1794919632000),
(669247867,'send-broadcast','669247867','',2001,1797238864000),
(669247871,'send-broadcast','669247871','',2002,1797261136000),
(669247883,'radar-seen','669247667','',2001,1797273008000),
(669247885,'write-note','669247649','silent',2001,1797273016000),
(669247900,'take-question','669247881','',2001,1797273068000),
(669247902,'write-note','669247652','request',2001,1797273068000),
(669247903,'take-question','669247879','',2001,1797273068000),
(669247905,'write-note','669247661','request',2001,1797273068000);
CREATE TABLE broadcasts (
    broadcast bigint primary key,
    made_by bigint not null,
    made_at bigint not null,
    audience text not null,      -- JSON
    content text not null,       -- JSON
    send_at bigint,
    local_hour smallint,         -- at each learner's own hour, not before send_at
    weekly smallint not null default 0,
    urgent smallint not null default 0,
    state text not null,         -- draft, scheduled, sending, stopped, done, cancelled or undone
    progress_chat bigint,
    progress_message bigint
);
INSERT INTO "broadcasts" VALUES
(669247824,2001,1794833128000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"&lt;b&gt;Hello&lt;/b&gt; {name}, do you come?","photo":null,"document":null,"buttons":[{"text":"Yes"},{"text":"No"},{"text":"Perhaps"}]}',1794833152000,NULL,0,0,'done',2001,212),
(669247839,2002,1794833188000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"Not now","photo":null,"document":null,"buttons":[]}',1795165200000,NULL,0,0,'cancelled',2002,NULL),
(669247846,2002,1794919616000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"Sorry, wrong number","photo":null,"document":null,"buttons":[]}',1794919620000,NULL,0,0,'undone',2002,240),
(669247867,2001,1797238852000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"Now at your noon","photo":null,"document":null,"buttons":[]}',1797260400000,NULL,0,0,'sending',2001,302),
(669247871,2002,1797261124000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"Planned for Thursday","photo":null,"document":null,"buttons":[]}',1797508800000,NULL,0,0,'scheduled',2002,NULL),
(669247875,2002,1797261140000,'{"cohorts":[669247624],"narrowed":[],"silent_days":7,"language":null}','{"html":"Still a draft","photo":null,"document":null,"buttons":[]}',NULL,NULL,0,0,'draft',NULL,NULL);
CREATE TABLE cohorts (
    cohort bigint primary key,
    name text not null,
    starts_at bigint,
    deadline bigint,
    zone text not null,          -- of its dates, as its facilitator named it
    welcome text not null,
    capacity integer,
    state text not null,         -- open: may be joined, its deadline counts; closed: no more joining; archived: over
    group_chat bigint,           -- where its weekly summary goes
    summarised_at bigint,        -- when that last went out
    made_by bigint not null,
    made_at bigint not null
);
INSERT INTO "cohorts" VALUES
(669247624,'Nairobi',NULL,1796158740000,'Africa/Nairobi','',NULL,'open',-100001,1797238800000,2001,1794830420000);
CREATE TABLE counted (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null,
    primary key (learner, cohort)
);
INSERT INTO "counted" VALUES
(1004,669247624),
(1001,669247624),
(1002,669247624),
(1003,669247624),
(1005,669247624),
(1006,669247624),
(1007,669247624),
(1008,669247624),
(1009,669247624),
(1011,669247624),
(1012,669247624);
CREATE TABLE deliveries (
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
INSERT INTO "deliveries" VALUES
(1002,'question','669247818:2001','sent',NULL,1794833104000,'64b70df9dba193b0',1794833104000,1794833104000,196,1794833104000),
(1002,'question','669247818:2002','sent',NULL,1794833104000,'64b70df9dba193b0',1794833104000,1794833104000,197,1794833104000),
(1002,'answer','669247821','sent',NULL,1794833116000,'64b70df9dba193b0',1794833116000,1794833116000,201,1794833116000),
(1001,'broadcast','669247824','failed','Forbidden: bot was blocked by the user',1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,NULL,1794833152000),
(1002,'broadcast','669247824','unknown','NetworkError',1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,NULL,1794833152000),
(1003,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,214,1794833152000),
(1004,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,215,1794833152000),
(1005,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,216,1794833152000),
(1006,'broadcast','669247824','sent',NULL,1794834000000,'64b70df9dba193b0',1794844012000,1794844012000,233,1794833152000),
(1007,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,217,1794833152000),
(1008,'broadcast','669247824','sent',NULL,1794870000000,'64b70df9dba193b0',1794876412000,1794876412000,235,1794833152000),
(1009,'broadcast','669247824','sent',NULL,1794834000000,'64b70df9dba193b0',1794844012000,1794844012000,234,1794833152000),
(1010,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,218,1794833152000),
(1011,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,219,1794833152000),
(1012,'broadcast','669247824','sent',NULL,1794833152000,'64b70df9dba193b0',1794833152000,1794833152000,220,1794833152000),
(1001,'broadcast','669247846','skipped','unreachable',1794919620000,NULL,NULL,NULL,NULL,1794919620000),
(1002,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,241,1794919620000),
(1003,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,242,1794919620000),
(1004,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,243,1794919620000),
(1005,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,244,1794919620000),
(1006,'broadcast','669247846','cancelled','sender',1794920400000,NULL,NULL,NULL,NULL,1794919620000),
(1007,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,245,1794919620000),
(1008,'broadcast','669247846','cancelled','sender',1794956400000,NULL,NULL,NULL,NULL,1794919620000),
(1009,'broadcast','669247846','cancelled','sender',1794920400000,NULL,NULL,NULL,NULL,1794919620000),
(1011,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,246,1794919620000),
(1012,'broadcast','669247846','deleted',NULL,1794919620000,'64b70df9dba193b0',1794919620000,1794919620000,247,1794919620000),
(1002,'nudge','1794833104000:first','sent',NULL,1795071887000,'64b70df9dba193b0',1795081632000,1795081632000,250,1795081632000),
(1003,'nudge','1794833156000:first','sent',NULL,1795071958000,'64b70df9dba193b0',1795081632000,1795081632000,251,1795081632000),
(1005,'nudge','1794831508000:first','sent',NULL,1795072028000,'64b70df9dba193b0',1795081632000,1795081632000,252,1795081632000),
(1007,'nudge','1795330800000:snoozed','sent',NULL,1795417573000,'64b70df9dba193b0',1795427240000,1795427240000,258,1795427240000),
(1007,'nudge','1795254436000:first','sent',NULL,1795676773000,'64b70df9dba193b0',1795686448000,1795686448000,268,1795686448000),
(1008,'nudge','1796158740000:deadline','sent',NULL,1796000729000,'64b70df9dba193b0',1796010448000,1796010448000,271,1796010448000),
(1002,'nudge','1796158740000:deadline','sent',NULL,1796022287000,'64b70df9dba193b0',1796032048000,1796032048000,273,1796032048000),
(1005,'nudge','1795578448000:first','sent',NULL,1796281628000,'64b70df9dba193b0',1796291248000,1796291248000,278,1796291248000),
(1007,'nudge','1795254436000:second','sent',NULL,1796627173000,'64b70df9dba193b0',1796636848000,1796636848000,280,1796636848000),
(1010,'nudge','1794833176000:last','sent',NULL,1796627204000,'64b70df9dba193b0',1796636848000,1796636848000,281,1796636848000),
(1012,'nudge','1794830704000:last','sent',NULL,1796886076000,'64b70df9dba193b0',1797238800000,1797238800000,285,1797238800000),
(1002,'nudge','1794833104000:last','sent',NULL,1796886287000,'64b70df9dba193b0',1797238800000,1797238800000,286,1797238800000),
(1003,'nudge','1794833156000:last','sent',NULL,1796886358000,'64b70df9dba193b0',1797238800000,1797238800000,287,1797238800000),
(1001,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,303,1797261120000),
(1002,'broadcast','669247867','skipped','told-today',1797261120000,NULL,NULL,NULL,NULL,1797261120000),
(1003,'broadcast','669247867','skipped','told-today',1797261120000,NULL,NULL,NULL,NULL,1797261120000),
(1004,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,304,1797261120000),
(1005,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,305,1797261120000),
(1006,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,306,1797261120000),
(1007,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,307,1797261120000),
(1008,'broadcast','669247867','queued',NULL,1797289200000,NULL,NULL,NULL,NULL,1797261120000),
(1009,'broadcast','669247867','sent',NULL,1797261120000,'64b70df9dba193b0',1797261120000,1797261120000,308,1797261120000),
(1011,'broadcast','669247867','skipped','stopped',1797261120000,NULL,NULL,NULL,NULL,1797261120000),
(1012,'broadcast','669247867','skipped','told-today',1797261120000,NULL,NULL,NULL,NULL,1797261120000),
(1004,'question','669247877:2001','sent',NULL,1797261148000,'64b70df9dba193b0',1797261148000,1797261148000,322,1797261148000),
(1004,'question','669247877:2002','sent',NULL,1797261148000,'64b70df9dba193b0',1797261148000,1797261148000,323,1797261148000),
(1009,'question','669247879:2001','sent',NULL,1797261156000,'64b70df9dba193b0',1797261156000,1797261156000,328,1797261156000),
(1009,'question','669247879:2002','sent',NULL,1797261156000,'64b70df9dba193b0',1797261156000,1797261156000,329,1797261156000),
(1006,'question','669247881:2001','sent',NULL,1797261164000,'64b70df9dba193b0',1797261164000,1797261164000,334,1797261164000),
(1006,'question','669247881:2002','sent',NULL,1797261164000,'64b70df9dba193b0',1797261164000,1797261164000,335,1797261164000),
(1005,'note','669247885','queued','one-a-day',1797310800000,NULL,1797273016000,NULL,NULL,1797273016000),
(1006,'answer','669247902','sending',NULL,1797273068000,'64b70df9dba193b0',1797273068000,1797273068000,NULL,1797273068000),
(1009,'answer','669247905','claimed',NULL,1797273068000,'64b70df9dba193b0',1797273068000,NULL,NULL,1797273068000);
CREATE TABLE drafts (
    person bigint primary key,
    kind text not null,
    body text not null,          -- JSON, of a shape that its kind knows
    at bigint not null
);
INSERT INTO "drafts" VALUES
(2001,'closed','{"by":669247905}',1797273068000),
(2002,'closed','{"by":669247875}',1797261128000),
(1004,'closed','{"by":669247877}',1797261144000),
(1009,'closed','{"by":669247879}',1797261152000),
(1006,'closed','{"by":669247881}',1797261160000),
(1003,'request','{"item":"m1l2c1","said":"","cohort":669247624}',1797273024000);
CREATE TABLE facilitators (
    person bigint not null,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    digest_hour smallint,        -- at which local hour the daily digest may come; null: none
    zone text,                   -- of that hour; null: the cohort's
    digested_at bigint,          -- when the last one went out
    at bigint not null, told_until bigint,
    primary key (person, cohort)
);
INSERT INTO "facilitators" VALUES
(2001,669247624,9,NULL,1797238800000,1794830420000,1796194048000),
(2002,669247624,9,NULL,1797238800000,1794830432000,1796194048000);
CREATE TABLE hour_counts (
    cohort bigint not null,
    gone smallint not null,
    day integer not null,
    hour smallint not null,      -- as in attempts; -1: not known
    count bigint not null,
    correct bigint not null,
    primary key (cohort, day, hour, gone)
);
INSERT INTO "hour_counts" VALUES
(0,0,20773,15,16,12),
(669247624,0,20773,15,13,10),
(0,0,20773,7,8,7),
(669247624,0,20773,7,8,7),
(0,0,20773,21,2,1),
(669247624,0,20773,21,2,1),
(0,1,20773,15,3,2),
(0,0,20801,12,2,2),
(669247624,0,20801,12,2,2);
CREATE TABLE inbox (
    update_id bigint primary key,
    learner bigint,              -- whose turn it waits for; null when it belongs to nobody
    body text not null,          -- the update as JSON; emptied when done
    received_at bigint not null,
    applied_at bigint,           -- its facts are committed, the reply may be owed
    done_at bigint,
    tries integer not null,
    error text                   -- why it was set aside
);
INSERT INTO "inbox" VALUES
(669247853,NULL,'',1795578444000,1795578444000,1795578444000,0,NULL),
(669247854,NULL,'',1795578448000,1795578448000,1795578448000,0,NULL),
(669247855,NULL,'',1797238804000,1797238804000,1797238804000,0,NULL),
(669247856,NULL,'',1797238808000,1797238808000,1797238808000,0,NULL),
(669247857,NULL,'',1797238812000,NULL,1797238812000,0,NULL),
(669247858,NULL,'',1797238816000,NULL,1797238816000,0,NULL),
(669247859,NULL,'',1797238820000,1797238820000,1797238820000,0,NULL),
(669247860,NULL,'',1797238824000,1797238824000,1797238824000,0,NULL),
(669247861,NULL,'',1797238828000,1797238828000,1797238828000,0,NULL),
(669247862,NULL,'',1797238832000,1797238832000,1797238832000,0,NULL),
(669247863,NULL,'',1797238836000,1797238836000,1797238836000,0,NULL),
(669247864,NULL,'',1797238840000,1797238840000,1797238840000,0,NULL),
(669247865,NULL,'',1797238844000,1797238844000,1797238844000,0,NULL),
(669247866,NULL,'',1797238848000,1797238848000,1797238848000,0,NULL),
(669247867,NULL,'',1797238852000,1797238852000,1797238852000,0,NULL),
(669247868,NULL,'',1797238856000,1797238856000,1797238856000,0,NULL),
(669247869,NULL,'',1797238860000,1797238860000,1797238860000,0,NULL),
(669247870,NULL,'',1797238864000,1797238864000,1797238864000,0,NULL),
(669247871,NULL,'',1797261124000,1797261124000,1797261124000,0,NULL),
(669247872,NULL,'',1797261128000,1797261128000,1797261128000,0,NULL),
(669247873,NULL,'',1797261132000,1797261132000,1797261132000,0,NULL),
(669247874,NULL,'',1797261136000,1797261136000,1797261136000,0,NULL),
(669247875,NULL,'',1797261140000,1797261140000,1797261140000,0,NULL),
(669247876,NULL,'',1797261144000,1797261144000,1797261144000,0,NULL),
(669247877,NULL,'',1797261148000,1797261148000,1797261148000,0,NULL),
(669247878,NULL,'',1797261152000,1797261152000,1797261152000,0,NULL),
(669247879,NULL,'',1797261156000,1797261156000,1797261156000,0,NULL),
(669247880,NULL,'',1797261160000,1797261160000,1797261160000,0,NULL),
(669247881,NULL,'',1797261164000,1797261164000,1797261164000,0,NULL),
(669247882,NULL,'',1797273004000,NULL,1797273004000,0,NULL),
(669247883,NULL,'',1797273008000,1797273008000,1797273008000,0,NULL),
(669247884,NULL,'',1797273012000,1797273012000,1797273012000,0,NULL),
(669247885,NULL,'',1797273016000,1797273016000,1797273016000,0,NULL),
(669247886,NULL,'',1797273020000,1797273020000,1797273020000,0,NULL),
(669247887,NULL,'',1797273024000,1797273024000,1797273024000,0,NULL),
(669247888,NULL,'',1797273028000,NULL,1797273028000,0,NULL),
(669247889,NULL,'',1797273032000,NULL,1797273032000,0,NULL),
(669247890,NULL,'',1797273036000,NULL,1797273036000,0,NULL),
(669247891,NULL,'',1797273040000,NULL,1797273040000,0,NULL),
(669247892,NULL,'',1797273044000,NULL,1797273044000,0,NULL),
(669247893,NULL,'',1797273048000,NULL,1797273048000,0,NULL),
(669247894,NULL,'',1797273052000,NULL,1797273052000,0,NULL),
(669247895,NULL,'',1797273056000,NULL,1797273056000,0,NULL),
(669247896,NULL,'',1797273060000,NULL,1797273060000,0,NULL),
(669247897,NULL,'',1797273064000,NULL,1797273064000,0,NULL),
(669247898,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247899,1012,'{"update_id":669247899,"message":{"message_id":353,"from":{"id":1012,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1012,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/progress","entities":[{"type":"bot_command","offset":0,"length":9}]}}',1797273068000,NULL,NULL,3,'ValueError'),
(669247900,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247901,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247902,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247903,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247904,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247905,NULL,'',1797273068000,1797273068000,1797273068000,0,NULL),
(669247906,1007,'{"update_id":669247906,"message":{"message_id":361,"from":{"id":1007,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1007,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/progress","entities":[{"type":"bot_command","offset":0,"length":9}]}}',1797273068000,NULL,NULL,0,NULL),
(669247907,1007,'{"update_id":669247907,"message":{"message_id":362,"from":{"id":1007,"is_bot":false,"first_name":"Somebody","language_code":"en"},"chat":{"id":1007,"type":"private","first_name":"Somebody"},"date":1797273068,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}}',1797273068000,NULL,NULL,0,NULL),
(669247908,1001,'{"update_id":669247908,"callback_query":{"id":"1837176620378964571","from":{"id":1001,"is_bot":false,"first_name":"Amina","language_code":"en"},"message":{"message_id":350,"from":{"id":123456,"is_bot":true,"first_name":"Course Tutor","username":"course_tutor_bot"},"chat":{"id":1001,"type":"private","first_name":"Amina"},"date":1797273064,"text":"Module 1 of 2 · Lesson 1 of 2\nQuestion 2 of 2\n\nWhat of m1q2?\n\nA. Option a\nB. Option b\nC. Option c\nD. Option d\n\nMore than one answer is right. Choose all that are, then press Continue.","entities":[{"type":"bold","offset":62,"length":2},{"type":"bold","offset":74,"length":2},{"type":"bold","offset":86,"length":2},{"type":"bold","offset":98,"length":2}],"reply_markup":{"inline_keyboard":[[{"callback_data":"t:m1q2:1:a","text":"A"},{"callback_data":"t:m1q2:1:b","text":"B"},{"callback_data":"t:m1q2:1:c","text":"C"},{"callback_data":"t:m1q2:1:d","text":"D"}]]},"link_preview_options":{"is_disabled":true}},"chat_instance":"7926919","data":"t:m1q2:1:a"}}',1797273068000,NULL,NULL,0,NULL);
CREATE TABLE invitations (
    digest text primary key,     -- SHA-256 of the token; the token is not kept
    kind text not null,          -- cohort, facilitator or admin
    cohort bigint references cohorts (cohort) deferrable initially deferred,
    expires_at bigint not null,
    most_uses integer not null,  -- those of kind cohort are counted in memberships
    used_by bigint,              -- the others serve once
    used_at bigint,
    revoked_at bigint,
    made_by bigint not null,
    made_at bigint not null
);
INSERT INTO "invitations" VALUES
('91fe6be28cb52a0703c2652c78f1009493a8f68bdff3291389aa54173186f8b6','facilitator',NULL,1795435204000,1,2001,1794830412000,NULL,3001,1794830404000),
('324ed8760e6171016e9d4c89624e54476c3cbf6f98aff49318112874730651a8','facilitator',669247624,1795435224000,1,2002,1794830432000,NULL,2001,1794830424000),
('e00f001abc6584bd6a5fa2b0a4f281a3d24a892f0302eeae5dc3fa7a54b85e5c','admin',NULL,1795435236000,1,3002,1794830444000,NULL,3001,1794830436000),
('4f1013ad205746937c1681a5a821dfffbc5135784aff21b2c2eede9636f9c41d','cohort',669247624,1795435264000,1,NULL,NULL,NULL,2001,1794830464000),
('218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','cohort',669247624,1797422476000,1000,NULL,NULL,NULL,2001,1794830476000);
CREATE TABLE keys (
    name text primary key,
    content text not null
);
INSERT INTO "keys" VALUES
('pseudonyms','b5f8e224a637a6104860534508218a56d17535d28f8a7207e1db4fbcc4c0fc12'),
('exports','77f33c8deaea151529d9c1b0fa209daeefbe3e55f4ef8bf5a8367e41c00a2c2c');
CREATE TABLE learners (
    learner bigint primary key,
    joined_at bigint not null,
    language text,               -- as Telegram told it last; null when it tells none
    plain smallint not null,     -- 1: no bars, no symbols
    stopped_at bigint,           -- null: may hear from us unasked
    unreachable_at bigint        -- null: has not blocked the bot
, zone text, remind_at smallint, as_usual smallint not null default 0, quiet_from smallint not null default 1200, quiet_to smallint not null default 480, rest_days text not null default '', pace text not null default 'normal', snoozed_until bigint, paused_at bigint, active_at bigint, nudges_used smallint not null default 0, nudged_at bigint, deadline_used bigint, proactive_at bigint, next_nudge_at bigint);
INSERT INTO "learners" VALUES
(1004,1794830472000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1797261148000,0,NULL,NULL,1797261120000,NULL),
(1001,1794830484000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1797273064000,0,NULL,NULL,1797261120000,1797445864000),
(1002,1794830496000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1797273056000,3,1797238800000,1796158740000,1797238800000,1797445856000),
(1003,1794830508000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1797273024000,3,1797238800000,1796158740000,1797238800000,1797273024000),
(1005,1794830520000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1794831504000,2,1797238800000,1796158740000,1797261120000,1798096028000),
(1006,1794830532000,'en',0,NULL,NULL,'America/Lima',NULL,0,1200,480,'56','normal',NULL,NULL,1797261164000,0,NULL,NULL,1797261120000,NULL),
(1007,1794830544000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',1797577200000,NULL,1797273060000,2,1796636848000,1796158740000,1797261120000,1797445860000),
(1008,1794830556000,'en',0,NULL,NULL,'Asia/Tokyo',NULL,0,1200,480,'56','normal',NULL,NULL,1794832152000,3,1797238800000,1796158740000,1796010448000,NULL),
(1009,1794830568000,'en',0,NULL,NULL,'America/Lima',NULL,0,1200,480,'56','normal',NULL,NULL,1797261156000,0,NULL,NULL,1797261120000,NULL),
(1010,1794830580000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1794833176000,3,1796636848000,NULL,1796636848000,NULL),
(1011,1794830592000,'en',0,1795254440000,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1795254440000,1,1795081632000,NULL,1794919620000,NULL),
(1012,1794830600000,'en',0,NULL,NULL,'Africa/Nairobi',NULL,0,1200,480,'56','normal',NULL,NULL,1794830700000,3,1797238800000,1796158740000,1797238800000,NULL),
(1014,1794830608000,'en',0,1794833124000,NULL,NULL,NULL,0,1200,480,'','normal',NULL,NULL,1794833124000,0,NULL,NULL,NULL,NULL);
CREATE TABLE leases (
    name text primary key,
    holder text not null,
    until bigint not null
);
INSERT INTO "leases" VALUES
('outbox','64b70df9dba193b0',1797273128000);
CREATE TABLE memberships (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    membership bigint not null unique,   -- names the learner on a facilitator's buttons
    invitation text not null,    -- the digest by which they came
    name text,                   -- as they want to be called here; null: by the pseudonym
    pseudonym text not null,
    joined_at bigint not null,
    left_at bigint,              -- null: belongs to it
    primary key (learner, cohort)
);
INSERT INTO "memberships" VALUES
(1004,669247624,669247637,'4f1013ad205746937c1681a5a821dfffbc5135784aff21b2c2eede9636f9c41d',NULL,'Proud Juniper 65',1794830472000,NULL),
(1001,669247624,669247640,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Amina','Lilac Garden 53',1794830484000,NULL),
(1002,669247624,669247643,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Baraka','Late Oak 17',1794830496000,NULL),
(1003,669247624,669247646,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Chen','Quick Fern 98',1794830508000,NULL),
(1005,669247624,669247649,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Eve','Winter Cotton 64',1794830520000,NULL),
(1006,669247624,669247652,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Fay','Opal Hazel 34',1794830532000,NULL),
(1007,669247624,669247655,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Gio','Warm Lantern 70',1794830544000,NULL),
(1008,669247624,669247658,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Hana','Gentle Grove 88',1794830556000,NULL),
(1009,669247624,669247661,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030','Ida','Maple Desert 66',1794830568000,NULL),
(1010,669247624,669247664,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030',NULL,'Soft Stream 72',1794830580000,1794833176000),
(1011,669247624,669247667,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030',NULL,'Breezy Orchard 86',1794830592000,NULL),
(1012,669247624,669247669,'218839721f9ca71eb370c85ee0bdf61a575ad35131a6b55ca6eacbe49e906030',NULL,'Snowy River 19',1794830600000,NULL);
CREATE TABLE milestones (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,
    at bigint not null,
    minutes integer,             -- of learning, for a module and #finished; 0 for #started; null for a lesson
    primary key (learner, item)
);
INSERT INTO "milestones" VALUES
(1004,'#started',1794830616000,0),
(1001,'#started',1794830624000,0),
(1002,'#started',1794830632000,0),
(1003,'#started',1794830640000,0),
(1005,'#started',1794830648000,0),
(1006,'#started',1794830656000,0),
(1007,'#started',1794830664000,0),
(1008,'#started',1794830672000,0),
(1009,'#started',1794830680000,0),
(1010,'#started',1794830688000,0),
(1011,'#started',1794830696000,0),
(1012,'#started',1794830704000,0),
(1014,'#started',1794830716000,0),
(1003,'m1l1',1794830964000,NULL),
(1004,'m1l1',1794831116000,NULL),
(1004,'m1l2',1794831188000,NULL),
(1004,'m1',1794831284000,5),
(1004,'m2l1',1794831332000,NULL),
(1004,'#finished',1794831332000,9),
(1004,'m2',1794831380000,1),
(1005,'m1l1',1794831508000,NULL),
(1006,'m1l1',1794831636000,NULL),
(1006,'m1l2',1794831708000,NULL),
(1006,'m1',1794831756000,4),
(1006,'m2l1',1794831804000,NULL),
(1006,'#finished',1794831804000,8),
(1006,'m2',1794831852000,1),
(1007,'m1l1',1794831980000,NULL),
(1008,'m1l1',1794832156000,NULL),
(1009,'m1l1',1794832284000,NULL),
(1009,'m1l2',1794832356000,NULL),
(1009,'m1',1794832452000,5),
(1009,'m2l1',1794832500000,NULL),
(1009,'#finished',1794832500000,9),
(1009,'m2',1794832548000,1),
(1010,'m1l1',1794832676000,NULL),
(1010,'m1l2',1794832748000,NULL),
(1002,'m1l1',1797238820000,NULL),
(1002,'m1l2',1797238832000,NULL),
(1002,'m1',1797273068000,5);
CREATE TABLE notes (
    note bigint primary key,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    about text not null,         -- what for, and the how many-th: two who write for the same at once write once
    html text not null,
    made_by bigint not null,
    made_at bigint not null, message bigint, told_at bigint,
    unique (learner, cohort, about)
);
INSERT INTO "notes" VALUES
(669247821,1002,669247624,'request:669247818','Because of what the card says.',2001,1794833116000,200,1794833116000),
(669247885,1005,669247624,'silent:0','Hello {name}, I have not seen you here for a while. Your place is kept: {next_lesson}. Is anything in your way? Press Write back to tell me.',2001,1797273016000,338,NULL),
(669247902,1006,669247624,'request:669247881','This is your answer, Fay.',2001,1797273068000,357,NULL),
(669247905,1009,669247624,'request:669247879','This is your answer, Ida.',2001,1797273068000,360,NULL);
CREATE TABLE nudge_counts (
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
INSERT INTO "nudge_counts" VALUES
('first',0,'hold',3,0,0,0,0,0,1),
('first',2,'hold',2,0,0,0,1,0,0),
('first',0,'send',1,1,0,0,0,0,0),
('first',2,'send',3,3,0,0,0,0,0),
('first',1,'send',1,1,0,0,0,0,0),
('snoozed',0,'send',1,1,0,0,0,0,0),
('second',2,'hold',4,0,0,0,0,0,0),
('second',1,'hold',2,0,0,0,0,0,0),
('deadline',1,'send',1,1,0,0,0,0,0),
('deadline',1,'hold',1,0,0,0,0,0,0),
('deadline',0,'send',1,1,0,0,0,0,0),
('deadline',2,'hold',3,0,0,0,0,0,0),
('second',0,'send',1,1,0,0,0,0,0),
('last',1,'send',1,1,0,0,0,0,0),
('last',2,'hold',1,0,0,0,0,0,0),
('last',0,'send',2,2,1,1,0,0,0),
('last',2,'send',1,1,0,0,0,0,0);
CREATE TABLE nudges (
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
INSERT INTO "nudges" VALUES
(1008,'1794832156000:first','first',0,'hold',1795060032000,NULL,0,0,0),
(1012,'1794830704000:first','first',2,'hold',1795081632000,NULL,0,0,0),
(1002,'1794833104000:first','first',0,'send',1795081632000,NULL,0,0,0),
(1011,'1794832868000:first','first',2,'hold',1795081632000,NULL,1,0,0),
(1003,'1794833156000:first','first',2,'send',1795081632000,NULL,0,0,0),
(1007,'1794833164000:first','first',0,'hold',1795081632000,NULL,0,0,1),
(1010,'1794833176000:first','first',0,'hold',1795081632000,NULL,0,0,0),
(1005,'1794831508000:first','first',1,'send',1795081632000,NULL,0,0,0),
(1007,'1795330800000:snoozed','snoozed',0,'send',1795427240000,NULL,0,0,0),
(1008,'1794832156000:second','second',2,'hold',1795664848000,NULL,0,0,0),
(1012,'1794830704000:second','second',2,'hold',1795686448000,NULL,0,0,0),
(1002,'1794833104000:second','second',1,'hold',1795686448000,NULL,0,0,0),
(1003,'1794833156000:second','second',2,'hold',1795686448000,NULL,0,0,0),
(1007,'1795254436000:first','first',2,'send',1795686448000,NULL,0,0,0),
(1010,'1794833176000:second','second',2,'hold',1795686448000,NULL,0,0,0),
(1008,'1796158740000:deadline','deadline',1,'send',1796010448000,NULL,0,0,0),
(1012,'1796158740000:deadline','deadline',1,'hold',1796032048000,NULL,0,0,0),
(1002,'1796158740000:deadline','deadline',0,'send',1796032048000,NULL,0,0,0),
(1003,'1796158740000:deadline','deadline',2,'hold',1796032048000,NULL,0,0,0),
(1007,'1796158740000:deadline','deadline',2,'hold',1796032048000,NULL,0,0,0),
(1005,'1796158740000:deadline','deadline',2,'hold',1796032048000,NULL,0,0,0),
(1005,'1795578448000:first','first',2,'send',1796291248000,NULL,0,0,0),
(1007,'1795254436000:second','second',0,'send',1796636848000,NULL,0,0,0),
(1010,'1794833176000:last','last',1,'send',1796636848000,NULL,0,0,0),
(1008,'1794832156000:last','last',2,'hold',1797238800000,NULL,0,0,0),
(1012,'1794830704000:last','last',0,'send',1797238800000,NULL,0,0,0),
(1002,'1794833104000:last','last',0,'send',1797238800000,1797238808000,0,0,0),
(1003,'1794833156000:last','last',2,'send',1797238800000,NULL,0,0,0),
(1005,'1795578448000:second','second',1,'hold',1797238800000,NULL,0,0,0);
CREATE TABLE pass_counts (
    cohort bigint not null,
    gone smallint not null,
    item text not null,
    day integer not null,
    minutes integer not null,
    count bigint not null,
    primary key (cohort, item, day, minutes, gone)
);
INSERT INTO "pass_counts" VALUES
(0,0,'#joined',20773,0,13),
(669247624,0,'#joined',20773,0,11),
(0,0,'#started',20773,0,13),
(669247624,0,'#started',20773,0,11),
(0,0,'m1',20773,5,2),
(669247624,0,'m1',20773,5,2),
(0,0,'#finished',20773,9,2),
(669247624,0,'#finished',20773,9,2),
(0,0,'m2',20773,1,3),
(669247624,0,'m2',20773,1,3),
(0,0,'m1',20773,4,1),
(669247624,0,'m1',20773,4,1),
(0,0,'#finished',20773,8,1),
(669247624,0,'#finished',20773,8,1),
(0,1,'#joined',20773,0,1),
(0,1,'#started',20773,0,1),
(0,0,'m1',20801,5,1),
(669247624,0,'m1',20801,5,1);
CREATE TABLE reach_counts (
    cohort bigint not null,
    gone smallint not null,
    item text not null,
    since integer not null,
    count bigint not null,
    primary key (cohort, item, since, gone)
);
INSERT INTO "reach_counts" VALUES
(0,0,'#joined',20773,13),
(669247624,0,'#joined',20773,11),
(0,0,'#started',20773,13),
(669247624,0,'#started',20773,11),
(0,0,'m1l1',20773,9),
(669247624,0,'m1l1',20773,8),
(0,0,'m1l2',20773,5),
(669247624,0,'m1l2',20773,4),
(0,0,'m1',20773,4),
(669247624,0,'m1',20773,4),
(0,0,'m2l1',20773,3),
(669247624,0,'m2l1',20773,3),
(0,0,'#finished',20773,3),
(669247624,0,'#finished',20773,3),
(0,0,'m2',20773,3),
(669247624,0,'m2',20773,3),
(0,1,'#joined',20773,1),
(0,1,'#started',20773,1),
(0,1,'m1l1',20773,1),
(0,1,'m1l2',20773,1);
CREATE TABLE reading_counts (
    gone smallint not null,
    item text not null,          -- a card or the end of a module
    count bigint not null,
    primary key (item, gone)
);
INSERT INTO "reading_counts" VALUES
(0,'m1l1c1',11),
(0,'m1l1c2',11),
(0,'m1l2c1',7),
(0,'m1',4),
(0,'m2l1c1',3),
(0,'m2',3),
(1,'m1l1c1',1),
(1,'m1l1c2',1),
(1,'m1l2c1',1);
CREATE TABLE readings (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,
    at bigint not null,
    update_id bigint not null,
    primary key (learner, item)
);
INSERT INTO "readings" VALUES
(1004,'#welcome',1794830616000,669247676),
(1001,'#welcome',1794830624000,669247678),
(1002,'#welcome',1794830632000,669247680),
(1003,'#welcome',1794830640000,669247682),
(1005,'#welcome',1794830648000,669247684),
(1006,'#welcome',1794830656000,669247686),
(1007,'#welcome',1794830664000,669247688),
(1008,'#welcome',1794830672000,669247690),
(1009,'#welcome',1794830680000,669247692),
(1010,'#welcome',1794830688000,669247694),
(1011,'#welcome',1794830696000,669247696),
(1012,'#welcome',1794830704000,669247698),
(1014,'#welcome',1794830716000,669247701),
(1001,'m1l1c1',1794830720000,669247702),
(1001,'m1l1c2',1794830744000,669247703),
(1002,'m1l1c1',1794830792000,669247705),
(1002,'m1l1c2',1794830816000,669247706),
(1003,'m1l1c1',1794830864000,669247708),
(1003,'m1l1c2',1794830888000,669247709),
(1003,'m1q1#1',1794830936000,669247711),
(1003,'m1q2#1',1794830988000,669247714),
(1004,'m1l1c1',1794831012000,669247715),
(1004,'m1l1c2',1794831036000,669247716),
(1004,'m1q1#1',1794831084000,669247718),
(1004,'m1q2#1',1794831140000,669247722),
(1004,'m1l2c1',1794831164000,669247723),
(1004,'m1q3#1',1794831212000,669247725),
(1004,'m1q3#2',1794831260000,669247727),
(1004,'m1',1794831284000,669247728),
(1004,'m2l1c1',1794831308000,669247729),
(1004,'m2q1#1',1794831356000,669247731),
(1004,'m2',1794831380000,669247732),
(1005,'m1l1c1',1794831404000,669247733),
(1005,'m1l1c2',1794831428000,669247734),
(1005,'m1q1#1',1794831476000,669247736),
(1006,'m1l1c1',1794831532000,669247740),
(1006,'m1l1c2',1794831556000,669247741),
(1006,'m1q1#1',1794831604000,669247743),
(1006,'m1q2#1',1794831660000,669247747),
(1006,'m1l2c1',1794831684000,669247748),
(1006,'m1q3#1',1794831732000,669247750),
(1006,'m1',1794831756000,669247751),
(1006,'m2l1c1',1794831780000,669247752),
(1006,'m2q1#1',1794831828000,669247754),
(1006,'m2',1794831852000,669247755),
(1007,'m1l1c1',1794831876000,669247756),
(1007,'m1l1c2',1794831900000,669247757),
(1007,'m1q1#1',1794831948000,669247759),
(1007,'m1q2#1',1794832004000,669247763),
(1007,'m1l2c1',1794832028000,669247764),
(1008,'m1l1c1',1794832052000,669247765),
(1008,'m1l1c2',1794832076000,669247766),
(1008,'m1q1#1',1794832124000,669247768),
(1009,'m1l1c1',1794832180000,669247772),
(1009,'m1l1c2',1794832204000,669247773),
(1009,'m1q1#1',1794832252000,669247775),
(1009,'m1q2#1',1794832308000,669247779),
(1009,'m1l2c1',1794832332000,669247780),
(1009,'m1q3#1',1794832380000,669247782),
(1009,'m1q1#2',1794832428000,669247784),
(1009,'m1',1794832452000,669247785),
(1009,'m2l1c1',1794832476000,669247786),
(1009,'m2q1#1',1794832524000,669247788),
(1009,'m2',1794832548000,669247789),
(1010,'m1l1c1',1794832572000,669247790),
(1010,'m1l1c2',1794832596000,669247791),
(1010,'m1q1#1',1794832644000,669247793),
(1010,'m1q2#1',1794832700000,669247797),
(1010,'m1l2c1',1794832724000,669247798),
(1010,'m1q3#1',1794832772000,669247800),
(1011,'m1l1c1',1794832796000,669247801),
(1011,'m1l1c2',1794832820000,669247802),
(1011,'m1q1#1',1794832868000,669247804),
(1005,'m1q2#1',1795578444000,669247853),
(1005,'m1l2c1',1795578448000,669247854),
(1001,'m1q1#1',1797238804000,669247855),
(1002,'m1q1#1',1797238808000,669247856),
(1002,'m1q2#1',1797238824000,669247860),
(1002,'m1l2c1',1797238828000,669247861),
(1002,'m1q3#1',1797238836000,669247863),
(1002,'m1q1#2',1797238844000,669247865),
(1002,'m1',1797273068000,669247898);
CREATE TABLE recounts (
    at bigint primary key,
    wrong bigint not null
);
INSERT INTO "recounts" VALUES
(1794887212000,0),
(1794973632000,0),
(1795060032000,0),
(1795146432000,0),
(1795232832000,0),
(1795319240000,0),
(1795405640000,0),
(1795492040000,0),
(1795578440000,0),
(1795664848000,0),
(1795751248000,0),
(1795837648000,0),
(1795924048000,0),
(1796010448000,0),
(1796096848000,0),
(1796183248000,0),
(1796269648000,0),
(1796356048000,0),
(1796442448000,0),
(1796528848000,0),
(1796615248000,0),
(1797238800000,0);
CREATE TABLE reports (
    update_id bigint primary key,    -- of the message that told of it; also its number
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    item text not null,              -- the card or question the learner was at
    said text not null,
    course_version text not null,
    at bigint not null
);
INSERT INTO "reports" VALUES
(669247815,1007,'m1q3','The year on this card should be 2021.','1',1794833092000),
(669247816,1006,'','A spelling mistake','1',1794833096000);
CREATE TABLE requests (
    request bigint primary key,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    item text not null,          -- the card or question they were at
    said text not null,
    at bigint not null,
    taken_by bigint,
    answered_at bigint
);
INSERT INTO "requests" VALUES
(669247818,1002,669247624,'m1q1#1','Why is it not b & c?',1794833104000,2001,1794833116000),
(669247877,1004,669247624,'','May I begin anew?',1797261148000,NULL,NULL),
(669247879,1009,669247624,'','Is there more of it?',1797261156000,2001,1797273068000),
(669247881,1006,669247624,'','Who made this course?',1797261164000,2001,1797273068000);
CREATE TABLE roles (
    person bigint not null,
    role text not null,          -- admin, or facilitator: may make cohorts
    granted_by bigint not null,
    at bigint not null,
    primary key (person, role)
);
INSERT INTO "roles" VALUES
(2001,'facilitator',3001,1794830412000),
(3002,'admin',3001,1794830444000);
CREATE TABLE rsvps (
    broadcast bigint not null references broadcasts (broadcast) deferrable initially deferred,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    choice smallint not null,
    at bigint not null,
    primary key (broadcast, learner)
);
INSERT INTO "rsvps" VALUES
(669247824,1003,1,1794833156000),
(669247824,1004,0,1794833160000),
(669247824,1007,0,1794833164000);
CREATE TABLE seen (
    cohort bigint not null references cohorts (cohort) deferrable initially deferred,
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    reason text not null,
    at bigint not null,
    primary key (cohort, learner, reason)
);
INSERT INTO "seen" VALUES
(669247624,1011,'silent',1797273008000),
(669247624,1011,'behind',1797273008000),
(669247624,1005,'silent',1797273016000),
(669247624,1005,'behind',1797273016000);
CREATE TABLE sent_files (
    bot bigint not null,         -- ids hold for one bot only
    digest text not null,        -- SHA-256 of the content: a changed file is another one
    file_id text not null,
    primary key (bot, digest)
);
INSERT INTO "sent_files" VALUES
(123456,'6d8b4f93f3bde3f4ca5922bbb15db0be3486e5c687378104e5956a9df986a2c9','SIMPHOa8e0a367e3f4f3fcd58edfc53d1e5d1bab12fdda99600c1f2275f69c');
ANALYZE "sqlite_master";
INSERT INTO "sqlite_stat1" VALUES
('weekly_reports','sqlite_autoindex_weekly_reports_1','2 1'),
('recounts','sqlite_autoindex_recounts_1','7 1'),
('reading_counts','sqlite_autoindex_reading_counts_1','9 2 1'),
('visit_counts','visit_counts_first','9 5 2 2'),
('visit_counts','sqlite_autoindex_visit_counts_1','9 5 2 2 2 1'),
('hour_counts','sqlite_autoindex_hour_counts_1','7 4 4 2 1'),
('time_counts','sqlite_autoindex_time_counts_1','8 2 2 1'),
('learners','learners_to_nudge','7 1'),
('learners','sqlite_autoindex_learners_1','13 1'),
('keys','sqlite_autoindex_keys_1','2 1'),
('reports','reports_of_learner','2 1'),
('reports','sqlite_autoindex_reports_1','2 1'),
('memberships','memberships_of_cohort','12 12 1'),
('memberships','memberships_by_invitation','12 6'),
('memberships','sqlite_autoindex_memberships_2','12 1 1'),
('memberships','sqlite_autoindex_memberships_1','12 1'),
('sent_files','sqlite_autoindex_sent_files_1','1 1 1'),
('inbox','inbox_done','7 1'),
('inbox','inbox_owed','0 0 0'),
('inbox','sqlite_autoindex_inbox_1','7 1'),
('invitations','invitations_of_cohort','5 3'),
('invitations','sqlite_autoindex_invitations_1','5 1'),
('nudges','sqlite_autoindex_nudges_1','9 2 1'),
('nudge_counts','sqlite_autoindex_nudge_counts_1','6 3 2 1'),
('cohorts','cohorts_with_group','1 1'),
('cohorts','sqlite_autoindex_cohorts_1','1 1'),
('facilitators','facilitators_of_cohort','2 2'),
('facilitators','sqlite_autoindex_facilitators_1','2 1 1'),
('roles','sqlite_autoindex_roles_1','2 1 1'),
('readings','sqlite_autoindex_readings_1','73 6 1'),
('leases','sqlite_autoindex_leases_1','1 1'),
('milestones','sqlite_autoindex_milestones_1','37 3 1'),
('audit','audit_by_time','19 1'),
('audit','sqlite_autoindex_audit_1','19 1 1 1'),
('reach_counts','sqlite_autoindex_reach_counts_1','20 10 2 2 1'),
('rsvps','rsvps_of_learner','3 1'),
('rsvps','sqlite_autoindex_rsvps_1','3 3 1'),
('deliveries','deliveries_of_broadcast','23 12 4'),
('deliveries','deliveries_in_hand','0 0'),
('deliveries','deliveries_queued','0 0 0 0'),
('deliveries','sqlite_autoindex_deliveries_1','30 3 2 1'),
('requests','requests_of_cohort','1 1 1'),
('requests','requests_of_learner','1 1'),
('requests','sqlite_autoindex_requests_1','1 1'),
('notes','notes_to_tell','0 0'),
('notes','sqlite_autoindex_notes_2','1 1 1 1'),
('notes','sqlite_autoindex_notes_1','1 1'),
('pass_counts','sqlite_autoindex_pass_counts_1','16 8 2 2 2 1'),
('attempts','sqlite_autoindex_attempts_2','28 3 1'),
('attempts','sqlite_autoindex_attempts_1','28 3 1 1'),
('alembic_version','sqlite_autoindex_alembic_version_1','1 1'),
('visits','sqlite_autoindex_visits_1','35 3 1 1'),
('counted','counted_in_cohort','11 11 1'),
('counted','sqlite_autoindex_counted_1','11 1 1'),
('broadcasts','broadcasts_to_do','0 0'),
('broadcasts','broadcasts_by_maker','3 2'),
('broadcasts','sqlite_autoindex_broadcasts_1','3 1'),
('answer_counts','sqlite_autoindex_answer_counts_1','21 11 6 2 2 2 1');
CREATE TABLE time_counts (
    gone smallint not null,
    question text not null,
    took smallint not null,
    count bigint not null,
    primary key (question, took, gone)
);
INSERT INTO "time_counts" VALUES
(0,'m1q1',24,11),
(0,'m1q2',28,1),
(0,'m1q2',32,7),
(0,'m1q3',24,4),
(0,'m2q1',24,3),
(1,'m1q1',24,1),
(1,'m1q2',32,1),
(1,'m1q3',24,1),
(0,'m1q2',12,1),
(0,'m1q3',4,1);
CREATE TABLE tries (
    person bigint not null,
    update_id bigint not null,
    at bigint not null,
    primary key (person, update_id)
);
INSERT INTO "tries" VALUES
(1099,669247886,1797273020000);
CREATE TABLE visit_counts (
    cohort bigint not null,
    gone smallint not null,
    what smallint not null,
    day integer not null,
    gap smallint not null,       -- days since the learner's last such day, at most 99; 0: it was the first
    count bigint not null,
    primary key (cohort, what, day, gap, gone)
);
INSERT INTO "visit_counts" VALUES
(0,0,0,20773,0,13),
(669247624,0,0,20773,0,11),
(0,0,1,20773,0,11),
(669247624,0,1,20773,0,10),
(0,0,2,20773,0,11),
(669247624,0,2,20773,0,10),
(0,1,0,20773,0,1),
(0,1,1,20773,0,1),
(0,1,2,20773,0,1),
(0,0,0,20782,9,1),
(669247624,0,0,20782,9,1),
(0,0,0,20801,28,2),
(669247624,0,0,20801,28,2),
(0,0,1,20801,28,1),
(669247624,0,1,20801,28,1),
(0,0,2,20801,28,1),
(669247624,0,2,20801,28,1);
CREATE TABLE visits (
    learner bigint not null references learners (learner) on delete cascade deferrable initially deferred,
    what smallint not null,
    day integer not null,
    primary key (learner, what, day)
);
INSERT INTO "visits" VALUES
(1004,0,20773),
(1001,0,20773),
(1002,0,20773),
(1003,0,20773),
(1005,0,20773),
(1006,0,20773),
(1007,0,20773),
(1008,0,20773),
(1009,0,20773),
(1010,0,20773),
(1011,0,20773),
(1012,0,20773),
(1014,0,20773),
(1001,1,20773),
(1001,2,20773),
(1002,1,20773),
(1002,2,20773),
(1003,1,20773),
(1003,2,20773),
(1004,1,20773),
(1004,2,20773),
(1005,1,20773),
(1005,2,20773),
(1006,1,20773),
(1006,2,20773),
(1007,1,20773),
(1007,2,20773),
(1008,1,20773),
(1008,2,20773),
(1009,1,20773),
(1009,2,20773),
(1010,1,20773),
(1010,2,20773),
(1011,1,20773),
(1011,2,20773),
(1005,0,20782),
(1001,0,20801),
(1002,0,20801),
(1002,1,20801),
(1002,2,20801);
CREATE TABLE weekly_reports (
    person bigint primary key,
    minute smallint not null,    -- after midnight, by the clock where they are
    not_before bigint not null,  -- the next comes at the first such minute of a Monday after this moment
    holder text                  -- the run of the program that took the last one into its hands
);
INSERT INTO "weekly_reports" VALUES
(3001,540,1797368400000,'b22b56afa2380597'),
(2001,600,1797390720000,'3434f6e76c7d4440');
CREATE INDEX inbox_owed on inbox (received_at, update_id) where done_at is null;
CREATE INDEX inbox_done on inbox (done_at) where done_at is not null;
CREATE INDEX reports_of_learner on reports (learner);
CREATE INDEX learners_to_nudge on learners (next_nudge_at) where next_nudge_at is not null;
CREATE INDEX deliveries_queued on deliveries (kind, due_at, learner) where state = 'queued';
CREATE INDEX deliveries_in_hand on deliveries (holder) where state in ('claimed', 'sending');
CREATE INDEX audit_by_time on audit (at);
CREATE INDEX cohorts_with_group on cohorts (group_chat) where group_chat is not null;
CREATE INDEX facilitators_of_cohort on facilitators (cohort);
CREATE INDEX memberships_by_invitation on memberships (invitation);
CREATE INDEX invitations_of_cohort on invitations (cohort);
CREATE INDEX tries_by_time on tries (at);
CREATE INDEX broadcasts_by_maker on broadcasts (made_by);
CREATE INDEX broadcasts_to_do on broadcasts (send_at) where state in ('scheduled', 'sending');
CREATE INDEX deliveries_of_broadcast on deliveries (subject, state) where kind = 'broadcast';
CREATE INDEX rsvps_of_learner on rsvps (learner);
CREATE INDEX requests_of_learner on requests (learner);
CREATE INDEX requests_of_cohort on requests (cohort, answered_at);
CREATE INDEX seen_of_learner on seen (learner);
CREATE INDEX counted_in_cohort on counted (cohort, learner);
CREATE VIEW places as
select
    learner,
    0 as cohort
from learners
union all
select
    learner,
    cohort
from counted;
CREATE VIEW answers_of as
select
    learner,
    question,
    options,
    correct,
    case when ordinal = 1 then 1 else 0 end as is_first,
    coalesce(standing, -1) as standing
from attempts;
CREATE VIEW times_of as
select
    learner,
    question,
    took
from attempts
where took is not null;
CREATE VIEW hours_of as
select
    learner,
    correct,
    at / 86400000 as day,
    coalesce(hour, -1) as hour
from attempts
where ordinal = 1;
CREATE VIEW visits_of as
select
    learner,
    what,
    day,
    case
        when day - lag(day, 1, day) over (partition by learner, what order by day) > 99 then 99
        else day - lag(day, 1, day) over (partition by learner, what order by day)
    end as gap
from visits;
CREATE VIEW reached_of as
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
CREATE VIEW passed_of as
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
CREATE VIEW readings_of as
select
    learner,
    item
from readings
where item not like '%#%';
CREATE VIEW partings as
select
    0 as gone,
    -1 as change
union all
select
    1 as gone,
    1 as change;
CREATE VIEW shifts as
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
CREATE INDEX visit_counts_first on visit_counts (cohort, what, day) where gap = 0;
CREATE VIEW facts_of as
select
    learner,
    at
from readings
union all
select
    learner,
    at
from attempts;
CREATE INDEX notes_to_tell on notes (made_at) where told_at is null;
CREATE INDEX memberships_of_cohort on memberships (cohort, learner);
pragma application_id = 1953854562;
pragma user_version = 0;
