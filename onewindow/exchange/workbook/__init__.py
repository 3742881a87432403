"""XLSX workbooks read part by part."""
