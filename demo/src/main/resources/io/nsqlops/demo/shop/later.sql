-- What an ordinary minute changes.
UPDATE shop.orders SET state = 'paid', remark = 'paid at the door 💶' WHERE id = 77

INSERT INTO shop.orders (customer_id, store_id, state) VALUES (42, 7, 'open'), (43, 8, 'open')

INSERT INTO crm.tickets (customer_id, opened_at, text) VALUES (42, NOW(6), 'One more thing… 🙂')
