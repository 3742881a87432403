-- Who owns a product: its name stands in alarms that are kept beside the client, and reports go by product.
CREATE INDEX licence_product ON licence (product_id, client_id);
