-- The bank's own people: departments, branches, employees and their yearly reviews.
create table departments (
    department_id integer primary key,
    name          varchar(60) not null,
    budget        numeric(14, 2) not null
);
create table branches (
    branch_id   integer primary key,
    name        varchar(60) not null,
    city        varchar(60) not null,
    opened_year integer not null
);
create table employees (
    employee_id   integer primary key,
    name          varchar(100) not null,
    job_title     varchar(60) not null,
    department_id integer not null references departments (department_id),
    branch_id     integer references branches (branch_id),
    manager_id    integer references employees (employee_id),
    hire_date     date not null,
    salary        numeric(10, 2) not null,
    status        varchar(20) not null
);
create table performance_reviews (
    review_id   integer primary key,
    employee_id integer not null references employees (employee_id),
    review_year integer not null,
    score       numeric(3, 1) not null,
    comments    text
);

insert into departments values (1, 'Retail Banking', 4200000), (2, 'Lending', 3100000), (3, 'Insurance', 1900000),
    (4, 'IT', 5200000), (5, 'Operations', 2400000), (6, 'Compliance', 1500000), (7, 'Human Resources', 800000),
    (8, 'Innovation Lab', 600000);

insert into branches values (1, 'Zurich Main', 'Zurich', 1954), (2, 'Zurich Airport', 'Zurich', 1988),
    (3, 'Geneva Lake', 'Geneva', 1961), (4, 'Basel Rhine', 'Basel', 1970), (5, 'Bern Old Town', 'Bern', 1949),
    (6, 'Lugano', 'Lugano', 1995), (7, 'Lausanne', 'Lausanne', 2003), (8, 'St. Gallen', 'St. Gallen', 2011);

insert into employees
select n,
       (array['Urs','Vera','Walter','Xenia','Yves','Zoe','Andrin','Beat','Corina','Dario'])[1 + n % 10] || ' '
           || (array['Meier','Schmid','Brunner','Gerber','Steiner','Bianchi','Favre','Zimmermann','Graf','Roth','Kunz'])[1 + n * 7 % 11],
       case when n <= 8 then 'Head of Department' when n % 9 = 0 then 'Analyst' when n % 4 = 0 then 'Advisor'
            when n % 5 = 0 then 'Engineer' else 'Clerk' end,
       case when n <= 7 then n else 1 + n * 5 % 7 end, case when n % 10 = 0 then null else 1 + n * 3 % 7 end,
       case when n <= 8 then null else 1 + n * 5 % 7 end, date '2005-04-01' + n * 1009 % 7400,
       case when n <= 8 then 165000 + n * 1500 else 62000 + n * 2477 % 68000 end,
       case when n % 29 = 0 then 'left' when n % 18 = 0 then 'on_leave' else 'active' end
from generate_series(1, 160) as n;

insert into performance_reviews
select row_number() over (order by employee_id, review_year), employee_id, review_year,
       round((1 + (employee_id * 7 + review_year * 3) % 41 / 10.0)::numeric, 1), null
from employees cross join generate_series(2022, 2025) as review_year
where extract(year from hire_date) < review_year and (employee_id + review_year) % 5 <> 0;
