-- Rows, made inside the server by its sequence tables; the same rows on every run.
SET SESSION foreign_key_checks = 0, unique_checks = 0, sql_mode = '', time_zone = '+00:00'

-- the sequence tables seq_1_to_N are there in every database
USE shop

INSERT INTO shop.stores (id, city, opened, place, manager_id)
SELECT seq, ELT(1 + seq % 6, 'Zürich', 'São Paulo', '上海', 'Kraków', 'Αθήνα', 'Reykjavík'),
  DATE '2001-05-01' + INTERVAL seq * 40 DAY, POINT(seq * 1.25, 47 - seq / 3), 1 + seq % {employees}
FROM seq_1_to_40

INSERT INTO shop.employees (id, name, store_id, boss_id, salary)
SELECT seq, CONCAT(ELT(1 + seq % 5, 'Noor', 'Jürgen', '王芳', 'Siobhán', 'Þóra'), ' ', seq),
  1 + seq % 40, NULLIF(seq DIV 7, 0), 2500 + CRC32(seq) % 400000 / 100
FROM seq_1_to_{employees}

INSERT INTO shop.customers (id, first_name, last_name, email, born, level, wants)
SELECT seq,
  ELT(1 + CRC32(seq) % 10,
    'Anna', 'Łukasz', 'Zoë', 'Mehmet', '美咲', 'Olga', 'José', 'Ngọc', 'Amélie', 'Björn'),
  ELT(1 + CRC32(seq * 3) % 10,
    'Müller', 'Nowak', 'García', 'Yılmaz', '田中', 'Иванова', 'Silva', 'Nguyễn', 'O''Neill', 'Ek'),
  CONCAT('c', seq, '@example.', ELT(1 + seq % 3, 'org', 'com', 'net')),
  IF(seq % 11 = 0, '0000-00-00', DATE '1940-01-01' + INTERVAL CRC32(seq * 7) % 24000 DAY),
  1 + CRC32(seq * 5) % 3, CRC32(seq * 9) % 8
FROM seq_1_to_{customers}

INSERT INTO shop.products (sku, title, price, weight, volume, properties, picture, flags)
SELECT CONCAT('P', LPAD(seq, 7, '0')),
  CONCAT(ELT(1 + seq % 4, 'Teapot 🫖', 'Lamp 💡', 'Chair 🪑', 'Skis ⛷️'), ' №', seq),
  1 + CRC32(seq) % 90000 / 100, CRC32(seq * 2) / 7e6, 1 / seq,
  JSON_OBJECT('color', ELT(1 + seq % 3, 'red', 'grün', '蓝'), 'sizes', JSON_ARRAY(seq % 9, NULL),
    'note', 'tab\t, quote " and backslash \\'),
  CONCAT(UNHEX('FFD8FF00'), REPEAT(UNHEX(MD5(seq)), 20 + seq % 80)), seq % 512
FROM seq_1_to_{products}

INSERT INTO shop.orders (id, customer_id, store_id, ordered_at, shipped_at, state, remark)
SELECT seq, 1 + CRC32(seq) % {customers}, 1 + seq % 40,
  TIMESTAMP '2023-01-01 00:00:00.125' + INTERVAL seq * 331 SECOND,
  IF(seq % 5 = 0, '0000-00-00 00:00:00',
    TIMESTAMP '2023-01-03 00:00:00' + INTERVAL seq * 331 SECOND),
  1 + CRC32(seq * 3) % 4,
  CASE seq % 9 WHEN 0 THEN 'please ring twice 🔔🔔' WHEN 1 THEN '' WHEN 2 THEN 'a\nb\tc\\N' END
FROM seq_1_to_{orders}

INSERT INTO shop.order_items (order_id, line, sku, quantity, price)
SELECT o.seq, l.seq, CONCAT('P', LPAD(1 + CRC32(o.seq * 4 + l.seq) % {products}, 7, '0')),
  1 + CRC32(o.seq + l.seq) % 6, 1 + CRC32(o.seq * 5 + l.seq) % 90000 / 100
FROM seq_1_to_{orders} o JOIN seq_1_to_3 l

INSERT INTO crm.tickets (id, customer_id, opened_at, took, text, attachment)
SELECT seq, 1 + CRC32(seq) % {customers},
  TIMESTAMP '2024-02-29 12:00:00.000001' + INTERVAL seq * 997 SECOND,
  IF(seq % 4 = 0, NULL, SEC_TO_TIME(CRC32(seq) % 400000)),
  CONCAT(ELT(1 + seq % 3, 'Where is my parcel? 📦 ', 'Thank you! 🙏🏽 ', 'Перезвоните мне. '), MD5(seq)),
  IF(seq % 50 = 0, REPEAT(UNHEX(SHA2(seq, 256)), 100), NULL)
FROM seq_1_to_{tickets}

INSERT INTO stats.page_views (day, path, agent, millis)
SELECT DATE '2024-01-01' + INTERVAL seq % 366 DAY, CONCAT('/product/', CRC32(seq) % 500),
  UNHEX(MD5(seq % 40)), CRC32(seq) % 60
FROM seq_1_to_{views}

INSERT INTO stats.`odd ``name```
SELECT CONCAT('k''', seq, '"'), 1990 + seq % 40 FROM seq_1_to_50

SELECT NEXTVAL(shop.invoice_no)
