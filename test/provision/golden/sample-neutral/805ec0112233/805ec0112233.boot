#!version:1.0.0.1
include:config "805ec0112233.cfg"
overwrite_mode = 1
