// Read once, so set before all else.
// One woman asks for everything, many times over: how often she may is tested elsewhere.
process.env.LIMITS = 'off'
// One world for the file, put back by itself.
process.env.TABLES = 'kept'
