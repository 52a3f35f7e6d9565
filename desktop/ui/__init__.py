"""Everything that is seen; it shows what services hold and tells them what people want."""
