"""The designs of an event: template, layout, gallery, those of groups, and how names fit."""
