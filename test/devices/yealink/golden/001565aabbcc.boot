#!version:1.0.0.1
include:config "001565aabbcc.cfg"
overwrite_mode = 1
