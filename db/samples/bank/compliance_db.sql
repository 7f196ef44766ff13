-- Know-your-customer checks, anti-money-laundering alerts, and what auditors found.
create table kyc_checks (
    check_id    integer primary key,
    customer_id varchar(10) not null,
    check_date  date not null,
    status      varchar(20) not null,
    risk_rating varchar(10) not null,
    next_review date
);
create table alerts (
    alert_id    integer primary key,
    customer_id varchar(10) not null,
    alert_date  timestamp not null,
    alert_type  varchar(40) not null,
    severity    varchar(10) not null,
    status      varchar(20) not null,
    amount      numeric(14, 2)
);
create table alert_reviews (
    review_id   integer primary key,
    alert_id    integer not null references alerts (alert_id),
    reviewer    varchar(60) not null,
    review_date date not null,
    decision    varchar(20) not null
);
create table audit_findings (
    finding_id  integer primary key,
    department  varchar(40) not null,
    found_date  date not null,
    severity    varchar(10) not null,
    title       varchar(120) not null,
    due_date    date not null,
    closed_date date
);

insert into kyc_checks
select n, 'C' || lpad((1 + n * 43 % 119)::text, 4, '0'), current_date - n * 11 % 1100,
       (array['passed','passed','passed','pending','failed'])[1 + n * 3 % 5], (array['low','low','medium','high'])[1 + n * 7 % 4],
       case when n % 5 <> 0 then current_date - n * 11 % 1100 + 365 end
from generate_series(1, 260) as n;

insert into alerts
select n, 'C' || lpad((1 + n * 53 % 88)::text, 4, '0'), current_date - (n * 5 % 365) + (n * 91 % 1440) * interval '1 minute',
       (array['large cash deposit','structuring','sanctions match','unusual location','rapid movement'])[1 + n % 5],
       (array['low','medium','high','critical'])[1 + n * 3 % 4], (array['open','closed','escalated','closed'])[1 + n / 4 % 4],
       case when n % 5 <> 2 then 1000 + n * 2749 % 90000 end
from generate_series(1, 240) as n;

insert into alert_reviews
select n, 1 + n * 3 % 200, (array['Ruth Baumann','Ivo Kunz','Lea Frei','Tom Graf'])[1 + n % 4], current_date - n * 2 % 300,
       (array['dismissed','confirmed','needs_info'])[1 + n * 5 % 3]
from generate_series(1, 180) as n;

insert into audit_findings
select n, (array['Retail Banking','Lending','Insurance','IT','Operations','Compliance'])[1 + n % 6], current_date - n * 9 % 700,
       (array['low','medium','high'])[1 + n * 7 % 3],
       (array['Missing signature','Late report','Access not revoked','Untested backup','Outdated policy'])[1 + n % 5],
       current_date - n * 9 % 700 + 90, case when n % 3 <> 0 then current_date - n * 9 % 700 + n * 7 % 120 end
from generate_series(1, 80) as n;
