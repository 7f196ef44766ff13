-- Accounts, their cards and their transactions.
create table accounts (
    account_id   varchar(12) primary key,
    customer_id  varchar(10) not null,
    account_type varchar(20) not null,
    currency     char(3) not null,
    balance      numeric(14, 2) not null,
    status       varchar(20) not null,
    opened_date  date not null,
    branch_id    integer not null
);
create table cards (
    card_id      integer primary key,
    account_id   varchar(12) not null references accounts (account_id),
    card_type    varchar(20) not null,
    network      varchar(20) not null,
    credit_limit numeric(10, 2),
    status       varchar(20) not null,
    expiry_date  date not null
);
create table transactions (
    transaction_id   integer primary key,
    account_id       varchar(12) not null references accounts (account_id),
    transaction_date timestamp not null,
    transaction_type varchar(20) not null,
    category         varchar(30) not null,
    amount           numeric(12, 2) not null,
    merchant         varchar(60)
);

insert into accounts
select 'A' || lpad(n::text, 5, '0'), 'C' || lpad((1 + n * 29 % 115)::text, 4, '0'),
       (array['checking','savings','checking','investment','checking','savings'])[1 + n % 6],
       (array['CHF','CHF','EUR','USD','CHF'])[1 + n % 5],
       round(case when n % 19 = 0 then -(n * 37 % 2000) else n * 7919 % 250000 end::numeric / 3, 2),
       case when n % 21 = 0 then 'closed' when n % 16 = 0 then 'frozen' else 'open' end,
       date '2012-02-01' + n * 1931 % 5000, 1 + n % 8
from generate_series(1, 180) as n;

insert into cards
select n, 'A' || lpad((1 + n * 17 % 160)::text, 5, '0'), case when n % 3 = 0 then 'credit' else 'debit' end,
       (array['Visa','Mastercard','Visa','Amex'])[1 + n / 3 % 4], case when n % 3 = 0 then 1000 * (1 + n % 15) end,
       case when n % 14 = 0 then 'blocked' when n % 27 = 0 then 'expired' else 'active' end,
       current_date + n * 41 % 1400 - 100
from generate_series(1, 140) as n;

insert into transactions
select n, 'A' || lpad((1 + n * 23 % 150)::text, 5, '0'),
       current_date - (n * 7 % 400) + (n * 37 % 1440) * interval '1 minute',
       case when n % 5 = 0 then 'deposit' when n % 7 = 0 then 'transfer' when n % 11 = 0 then 'withdrawal' else 'payment' end,
       case when n % 5 = 0 then 'salary' when n % 7 = 0 then 'savings' when n % 11 = 0 then 'cash'
            else (array['groceries','rent','travel','restaurants','utilities','shopping'])[1 + n % 6] end,
       round((case when n % 5 = 0 then 3000 + n * 97 % 5000 else 5 + n * 313 % 1800 end)::numeric + n % 100 / 100.0, 2),
       case when n % 5 = 0 or n % 7 = 0 or n % 11 = 0 then null
            else (array['Migros','Homegate','Swiss Air','Bellevue','Swisscom','Digitec','Coop','Livit','SBB','Kronenhalle','EWZ','Ikea'])[1 + n % 12] end
from generate_series(1, 600) as n;
