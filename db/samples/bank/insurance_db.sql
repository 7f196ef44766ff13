-- Insurance policies, who benefits from them, and the claims made under them.
create table policies (
    policy_id       varchar(10) primary key,
    customer_id     varchar(10) not null,
    policy_type     varchar(20) not null,
    annual_premium  numeric(10, 2) not null,
    coverage_amount numeric(14, 2) not null,
    start_date      date not null,
    end_date        date,
    status          varchar(20) not null
);
create table beneficiaries (
    beneficiary_id   integer primary key,
    policy_id        varchar(10) not null references policies (policy_id),
    name             varchar(100) not null,
    relationship     varchar(20) not null,
    share_percentage numeric(5, 2) not null
);
create table claims (
    claim_id       varchar(10) primary key,
    policy_id      varchar(10) not null references policies (policy_id),
    claim_date     date not null,
    amount_claimed numeric(12, 2) not null,
    amount_paid    numeric(12, 2),
    reason         varchar(40) not null,
    status         varchar(20) not null
);

insert into policies
select 'P' || lpad(n::text, 4, '0'), 'C' || lpad((1 + n * 41 % 109)::text, 4, '0'),
       (array['life','home','auto','travel','health'])[1 + n % 5],
       round((array[1800, 640, 950, 120, 4100])[1 + n % 5] + n * 37 % 400, 2),
       (array[500000, 300000, 40000, 5000, 1000000])[1 + n % 5] + n * 1000 % 50000,
       date '2016-05-01' + n * 977 % 3500, case when n % 6 = 0 then date '2016-05-01' + n * 977 % 3500 + 730 end,
       case when n % 6 = 0 then 'expired' when n % 17 = 0 then 'cancelled' else 'active' end
from generate_series(1, 150) as n;

insert into beneficiaries
select n, 'P' || lpad((1 + n * 5 % 150)::text, 4, '0'),
       (array['Mara','Nils','Olga','Pia','Rolf','Sina'])[1 + n % 6] || ' ' || (array['Keller','Moser','Weber','Rossi'])[1 + n % 4],
       (array['spouse','child','parent','sibling'])[1 + n % 4], case when n % 3 = 0 then 100 else 50 end
from generate_series(1, 90) as n;

insert into claims
select 'K' || lpad(n::text, 4, '0'), 'P' || lpad((1 + n * 19 % 130)::text, 4, '0'), current_date - n * 17 % 900, claimed,
       case n % 4 when 0 then null when 1 then 0 else round(claimed * (60 + n % 40) / 100, 2) end,
       (array['accident','theft','water damage','illness','lost luggage','fire'])[1 + n * 7 % 6],
       case n % 4 when 0 then 'open' when 1 then 'rejected' else 'paid' end
from (select n, (300 + n * 1733 % 24000)::numeric as claimed from generate_series(1, 200) as n) as filed;
