using Rcu.Web.Commands;

// What the program can be told to do. With no verb, it serves.
Verb[] verbs =
[
    new("serve", Serve.RunAsync),
    new("worker", Worker.RunAsync),
    new("migrate", Migrate.RunAsync),
    new("demo", Demo.RunAsync),
    new("simulators", Simulators.RunAsync),
    new("import", Import.RunAsync),
    new("register", Register.RunAsync),
    new("dedupe", Dedupe.RunAsync),
    new("evaluate", Evaluate.RunAsync),
    new("sql", Sql.RunAsync),
    new("admin", Admin.RunAsync),
];

return await Verb.RunAsync(verbs, args);
