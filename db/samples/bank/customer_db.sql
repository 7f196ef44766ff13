-- The bank's customers, where they live, and when they got in touch.
create table customers (
    customer_id   varchar(10) primary key,
    name          varchar(100) not null,
    email         varchar(150),
    date_of_birth date not null,
    segment       varchar(20) not null,
    status        varchar(20) not null,
    joined_date   date not null,
    annual_income numeric(12, 2)
);
create table addresses (
    address_id   integer primary key,
    customer_id  varchar(10) not null references customers (customer_id),
    address_type varchar(20) not null,
    street       varchar(120) not null,
    city         varchar(60) not null,
    country      varchar(60) not null,
    postal_code  varchar(12)
);
create table interactions (
    interaction_id   integer primary key,
    customer_id      varchar(10) not null references customers (customer_id),
    channel          varchar(20) not null,
    topic            varchar(40) not null,
    interaction_date date not null,
    satisfaction     integer
);

insert into customers
select 'C' || lpad(n::text, 4, '0'),
       (array['Anna','Bruno','Clara','Daniel','Elena','Felix','Gina','Hugo','Ines','Jonas','Katrin','Lukas'])[1 + n % 12] || ' '
           || (array['Keller','Moser','Fischer','Weber','Huber','Rossi','Dubois','Novak','Larsen','Silva'])[1 + n / 12 % 10],
       case when n % 17 = 0 then null else 'customer' || n || '@bank.example' end,
       date '1945-03-01' + n * 7919 % 22000,
       case when n % 10 = 0 then 'private' when n % 4 = 0 then 'business' when n % 3 = 0 then 'premium' else 'retail' end,
       case when n % 23 = 0 then 'closed' when n % 11 = 0 then 'dormant' else 'active' end,
       date '2010-01-01' + n * 2741 % 5400,
       case when n % 13 = 0 then null else 28000 + n * 3571 % 140000 end
from generate_series(1, 120) as n;

insert into addresses
select n, 'C' || lpad((1 + (n - 1) % 120)::text, 4, '0'), case when n <= 120 then 'home' else 'mailing' end,
       (array['Bahnhofstrasse','Rue de Lyon','Via Roma','Hauptstrasse','Seeweg'])[1 + n % 5] || ' ' || 1 + n * 31 % 140,
       (array['Zurich','Geneva','Basel','Bern','Lugano','Vienna','Munich','Milan'])[1 + n * 5 % 8],
       (array['Switzerland','Switzerland','Switzerland','Switzerland','Switzerland','Austria','Germany','Italy'])[1 + n * 5 % 8],
       (1000 + n * 77 % 8900)::text
from generate_series(1, 150) as n;

insert into interactions
select n, 'C' || lpad((1 + n * 37 % 97)::text, 4, '0'), (array['phone','email','branch','chat','app'])[1 + n % 5],
       (array['complaint','card','mortgage','investment','password','fees'])[1 + n * 7 % 6],
       current_date - n * 13 % 730, case when n % 4 = 0 then null else 1 + n * 11 % 5 end
from generate_series(0, 299) as n;
