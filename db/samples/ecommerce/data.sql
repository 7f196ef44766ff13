-- A small online shop: 20 customers, 20 products in 4 categories, 26 orders and their items.
-- Dates before this year are fixed; the latest orders are placed relative to the day of loading.
create table customers (
    customer_id serial primary key,
    name        varchar(100) not null,
    email       varchar(150) not null unique,
    phone       varchar(30),
    city        varchar(80)  not null,
    state       varchar(40),
    country     varchar(60)  not null,
    created_at  timestamp    not null
);

create table products (
    product_id     serial primary key,
    name           varchar(150)   not null,
    category       varchar(50)    not null,
    price          numeric(10, 2) not null,
    unit_cost      numeric(10, 2) not null,
    stock_quantity integer        not null,
    description    text
);

create table orders (
    order_id     serial primary key,
    customer_id  integer        not null references customers (customer_id),
    order_date   timestamp      not null,
    status       varchar(20)    not null,
    total_amount numeric(12, 2) not null default 0,
    shipped_date date
);

create table order_items (
    order_item_id serial primary key,
    order_id      integer        not null references orders (order_id),
    product_id    integer        not null references products (product_id),
    quantity      integer        not null,
    unit_price    numeric(10, 2) not null,
    subtotal      numeric(12, 2) not null
);

insert into customers (name, email, phone, city, state, country, created_at) values
    ('Alice Johnson',   'alice.johnson@example.com',   '+1-212-555-0101', 'New York',      'NY', 'USA',     '2023-01-15 09:12:00'),
    ('Bob Smith',       'bob.smith@example.com',       '+1-310-555-0102', 'Los Angeles',   'CA', 'USA',     '2023-02-03 14:30:00'),
    ('Carol Williams',  'carol.williams@example.com',  '+1-312-555-0103', 'Chicago',       'IL', 'USA',     '2023-02-20 11:05:00'),
    ('David Brown',     'david.brown@example.com',     '+1-713-555-0104', 'Houston',       'TX', 'USA',     '2023-03-08 16:45:00'),
    ('Eva Davis',       'eva.davis@example.com',       null,              'Phoenix',       'AZ', 'USA',     '2023-04-11 10:20:00'),
    ('Frank Miller',    'frank.miller@example.com',    '+1-215-555-0106', 'Philadelphia',  'PA', 'USA',     '2023-05-02 08:55:00'),
    ('Grace Wilson',    'grace.wilson@example.com',    '+1-210-555-0107', 'San Antonio',   'TX', 'USA',     '2023-06-19 13:40:00'),
    ('Henry Moore',     'henry.moore@example.com',     '+1-619-555-0108', 'San Diego',     'CA', 'USA',     '2023-07-07 19:15:00'),
    ('Isabel Taylor',   'isabel.taylor@example.com',   '+1-214-555-0109', 'Dallas',        'TX', 'USA',     '2023-08-23 12:00:00'),
    ('Jack Anderson',   'jack.anderson@example.com',   null,              'San Francisco', 'CA', 'USA',     '2023-09-14 17:25:00'),
    ('Karen Thomas',    'karen.thomas@example.com',    '+1-206-555-0111', 'Seattle',       'WA', 'USA',     '2023-10-30 09:50:00'),
    ('Liam Jackson',    'liam.jackson@example.com',    '+1-617-555-0112', 'Boston',        'MA', 'USA',     '2023-11-12 15:35:00'),
    ('Mia White',       'mia.white@example.com',       '+44-20-5550-113', 'London',        null, 'UK',      '2024-01-05 10:10:00'),
    ('Noah Harris',     'noah.harris@example.com',     '+49-30-5550-114', 'Berlin',        null, 'Germany', '2024-02-17 18:20:00'),
    ('Olivia Martin',   'olivia.martin@example.com',   '+1-416-555-0115', 'Toronto',       'ON', 'Canada',  '2024-03-21 07:45:00'),
    ('Paul Garcia',     'paul.garcia@example.com',     '+1-305-555-0116', 'Miami',         'FL', 'USA',     '2024-05-09 21:05:00'),
    ('Quinn Martinez',  'quinn.martinez@example.com',  null,              'New York',      'NY', 'USA',     '2024-07-28 11:30:00'),
    ('Rachel Robinson', 'rachel.robinson@example.com', '+1-512-555-0118', 'Austin',        'TX', 'USA',     '2024-10-16 14:00:00'),
    ('Sam Clark',       'sam.clark@example.com',       '+44-161-555-0119','Manchester',    null, 'UK',      current_date - 40 + time '10:00'),
    ('Tina Lewis',      'tina.lewis@example.com',      '+1-303-555-0120', 'Denver',        'CO', 'USA',     current_date - 3 + time '16:30');

insert into products (name, category, price, unit_cost, stock_quantity, description) values
    ('Laptop Pro 15',          'Electronics',    1299.99, 910.00,  25, 'Fifteen-inch laptop for work on the move'),
    ('Smartphone X',           'Electronics',     899.00, 620.00,  60, 'Phone with three cameras'),
    ('Wireless Headphones',    'Electronics',     199.50, 110.00, 120, 'Over-ear, noise cancelling'),
    ('4K Monitor',             'Electronics',     449.00, 300.00,  35, 'Twenty-seven inches'),
    ('Bluetooth Speaker',      'Electronics',      79.99,  38.00, 200, 'Waterproof'),
    ('Men''s T-Shirt',         'Clothing',         19.99,   6.50, 400, 'Organic cotton'),
    ('Women''s Jacket',        'Clothing',         89.95,  41.00,  80, 'Lined, water-repellent'),
    ('Running Shoes',          'Clothing',        119.00,  55.00, 150, 'For road running'),
    ('Blue Jeans',             'Clothing',         59.90,  24.00, 220, 'Straight cut'),
    ('Wool Scarf',             'Clothing',         29.50,  11.00,   0, 'Merino wool'),
    ('Coffee Maker',           'Home & Kitchen',  129.00,  70.00,  45, 'Twelve cups, programmable'),
    ('Blender',                'Home & Kitchen',   69.99,  33.00,  75, 'Six hundred watts'),
    ('Chef''s Knife',          'Home & Kitchen',   49.00,  20.00,  90, 'Forged steel'),
    ('Desk Lamp',              'Home & Kitchen',   34.95,  15.00, 110, 'Dimmable'),
    ('Cookware Set',           'Home & Kitchen',  219.00, 130.00,  18, 'Ten pieces'),
    ('The Art of Data',        'Books',            39.99,  12.00, 140, 'How to read and draw data'),
    ('Mystery at Sea',         'Books',            14.99,   4.00, 300, 'A novel'),
    ('World History Atlas',    'Books',            54.00,  22.00,   5, 'Maps from antiquity until today'),
    ('Learn SQL in a Weekend', 'Books',            24.99,   8.00, 180, 'With exercises'),
    ('Cooking Made Simple',    'Books',            29.99,  10.00, 160, 'Two hundred recipes');

insert into orders (customer_id, order_date, status, shipped_date) values
    ( 1, '2024-01-20 10:15:00', 'delivered',  '2024-01-22'),
    ( 2, '2024-02-11 12:40:00', 'delivered',  '2024-02-13'),
    ( 3, '2024-03-05 09:05:00', 'delivered',  '2024-03-07'),
    ( 1, '2024-03-18 20:30:00', 'delivered',  '2024-03-20'),
    ( 4, '2024-03-27 15:55:00', 'cancelled',  null),
    ( 5, '2024-05-14 11:20:00', 'delivered',  '2024-05-16'),
    ( 6, '2024-07-02 08:45:00', 'delivered',  '2024-07-05'),
    ( 2, '2024-09-23 17:10:00', 'delivered',  '2024-09-25'),
    ( 7, '2024-11-29 22:00:00', 'delivered',  '2024-12-02'),
    ( 8, '2024-12-15 13:35:00', 'returned',   '2024-12-17'),
    (13, '2025-01-08 10:50:00', 'delivered',  '2025-01-11'),
    ( 1, '2025-02-14 19:25:00', 'delivered',  '2025-02-17'),
    (14, '2025-03-30 14:15:00', 'delivered',  '2025-04-02'),
    ( 9, '2025-06-06 16:40:00', 'cancelled',  null),
    (15, '2025-08-19 07:30:00', 'delivered',  '2025-08-22'),
    (10, '2025-11-28 21:45:00', 'delivered',  '2025-12-01'),
    ( 3, current_date - 95 + time '11:10', 'delivered',  current_date - 93),
    (11, current_date - 62 + time '18:05', 'delivered',  current_date - 60),
    (16, current_date - 45 + time '09:40', 'delivered',  current_date - 42),
    ( 1, current_date - 33 + time '12:25', 'delivered',  current_date - 31),
    ( 2, current_date - 20 + time '20:15', 'shipped',    current_date - 17),
    (13, current_date - 12 + time '10:05', 'shipped',    current_date - 9),
    (17, current_date - 5  + time '15:20', 'shipped',    current_date - 3),
    ( 6, current_date - 2  + time '08:35', 'processing', null),
    ( 3, current_date - 1  + time '13:50', 'processing', null),
    ( 1, current_date      + time '07:55', 'pending',    null);

insert into order_items (order_id, product_id, quantity, unit_price, subtotal)
select item.order_id, item.product_id, item.quantity, products.price, item.quantity * products.price
from (values
    ( 1,  1, 1), ( 1,  3, 1), ( 2,  6, 3), ( 2,  9, 1), ( 3, 11, 1), ( 3, 17, 2), ( 4,  2, 1), ( 4,  5, 2), ( 5, 15, 1),
    ( 6,  8, 1), ( 6,  6, 2), ( 7, 16, 1), ( 7, 19, 1), ( 7, 20, 1), ( 8,  4, 2), ( 9,  3, 2), ( 9,  5, 1), (10,  7, 1),
    (11, 12, 1), (11, 13, 2), (12,  2, 1), (13,  1, 1), (13,  4, 1), (14, 17, 1), (15, 14, 2), (15, 16, 1), (16,  3, 1),
    (16,  8, 2), (17, 19, 3), (17, 16, 1), (18, 11, 1), (18, 12, 1), (19,  7, 2), (20,  5, 4), (20, 20, 1), (21,  1, 1),
    (22,  9, 2), (22,  6, 5), (23,  2, 1), (23,  3, 1), (24, 17, 1), (24, 20, 2), (25, 13, 1), (25, 14, 1), (26,  4, 1),
    (26,  5, 1)) as item (order_id, product_id, quantity)
join products on products.product_id = item.product_id;

update orders set total_amount = (select sum(subtotal) from order_items where order_items.order_id = orders.order_id);

create index on orders (customer_id);
create index on order_items (order_id);
create index on order_items (product_id);
