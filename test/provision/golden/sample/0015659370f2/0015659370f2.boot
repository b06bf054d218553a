#!version:1.0.0.1
include:config "0015659370f2.cfg"
overwrite_mode = 1
