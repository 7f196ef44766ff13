-- Loans, what secures them, and the payments that are due or made.
create table loans (
    loan_id             varchar(10) primary key,
    customer_id         varchar(10) not null,
    loan_type           varchar(20) not null,
    principal           numeric(14, 2) not null,
    outstanding_balance numeric(14, 2) not null,
    interest_rate       numeric(5, 2) not null,
    term_months         integer not null,
    start_date          date not null,
    status              varchar(20) not null
);
create table collateral (
    collateral_id   integer primary key,
    loan_id         varchar(10) not null references loans (loan_id),
    collateral_type varchar(30) not null,
    appraised_value numeric(14, 2) not null,
    appraisal_date  date not null
);
create table payments (
    payment_id integer primary key,
    loan_id    varchar(10) not null references loans (loan_id),
    due_date   date not null,
    paid_date  date,
    amount_due numeric(12, 2) not null,
    amount_paid numeric(12, 2) not null,
    status     varchar(20) not null
);

insert into loans
select 'L' || lpad(n::text, 4, '0'), 'C' || lpad((1 + n * 31 % 101)::text, 4, '0'), kind,
       amount, case when n % 12 = 0 then 0 else round(amount * (20 + n * 13 % 75) / 100, 2) end,
       round((1.1 + n * 17 % 70 / 10.0)::numeric, 2), months, date '2017-01-01' + n * 1213 % 3100,
       case when n % 12 = 0 then 'paid_off' when n % 15 = 0 then 'default' when n % 26 = 0 then 'pending' else 'active' end
from (select n, (array['mortgage','auto','personal','business'])[1 + n % 4] as kind,
             ((array[400000, 25000, 10000, 120000])[1 + n % 4] + n * 3989 % 20000)::numeric as amount,
             (array[240, 60, 36, 120])[1 + n % 4] as months
      from generate_series(1, 110) as n) as drawn;

insert into collateral
select row_number() over (order by loan_id), loan_id,
       case loan_type when 'mortgage' then 'real estate' when 'auto' then 'vehicle' else 'securities' end,
       round(principal * (1.05 + row_number() over (order by loan_id) % 6 / 10.0)::numeric, 2), start_date - 20
from loans where loan_type <> 'personal';

insert into payments
select n, 'L' || lpad((1 + n % 105)::text, 4, '0'), due,
       case when n % 9 = 0 then null else due + (n * 3 % 20 - 14) end, 250 + n * 59 % 3000,
       case when n % 9 = 0 then 0 else 250 + n * 59 % 3000 end,
       case when n % 9 = 0 and due < current_date then 'overdue' when n % 9 = 0 then 'scheduled'
            when n * 3 % 20 - 14 > 0 then 'late' else 'paid' end
from (select n, current_date + 30 - n * 11 % 720 as due from generate_series(1, 420) as n) as planned;
