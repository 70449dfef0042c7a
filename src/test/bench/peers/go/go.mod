module herd

go 1.19
