using System.Globalization;

namespace Rcu.Demo;

/// <summary>Telephone numbers of the blocks that ARCEP keeps for fiction: nobody answers them.</summary>
internal sealed class DemoPhones(KeyedChoices choices)
{
    private const string Mobile = "063998";
    private const string Default = "053649";

    // A block per geographic zone of the numbering plan; the south-west, and what is not named here, has the default one.
    private static readonly Dictionary<string, string> Blocks = Zones(
        ("019900", "75 77 78 91 92 93 94 95"),
        ("026191", "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 79 85 86"),
        ("035301", "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90"),
        ("046571", "01 03 04 05 06 07 11 13 2A 2B 26 30 34 38 42 43 48 63 66 69 73 74 83 84"));

    private readonly Dictionary<string, HashSet<int>> used = [];

    public string Landline(string department, string key) => Next(Blocks.GetValueOrDefault(department, Default), key);

    public string MobileOf(string key) => Next(Mobile, key);

    // A full block gives no number rather than the same one twice.
    private string Next(string block, string key)
    {
        var taken = used.TryGetValue(block, out var known) ? known : used[block] = [];
        if (taken.Count > 9_900)
        {
            return "";
        }

        var number = choices.Between(0, 9_999, "phone", key);
        while (!taken.Add(number))
        {
            number = (number + 1) % 10_000;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{block}{number:0000}");
    }

    private static Dictionary<string, string> Zones(params (string Block, string Departments)[] zones) =>
        (from zone in zones from department in zone.Departments.Split(' ') select (department, zone.Block))
        .ToDictionary(pair => pair.department, pair => pair.Block);
}
