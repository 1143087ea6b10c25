using System.Diagnostics.CodeAnalysis;
using KCallbacks.Detection.Managed;

namespace KCallbacks.Managed.Tests;

/// <summary>Objects of a runtime are told with their types, threads with their objects, and nothing else is taken for one.</summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "Bytes that do not repeat; nothing is secret.")]
public sealed class RuntimeObjectTests
{
    private const int MostReads = 3000;
    private static readonly int Row = typeof(RuntimeObjectTests).MetadataToken & 0xff_ffff;

    [TestMethod]
    public void An_object_has_the_name_and_the_size_of_its_type()
    {
        var process = new SyntheticRuntime();
        ulong address = process.AddObject(process.AddType(Row, fields: 3), 1, 2, 3);

        Assert.AreEqual(new ManagedObject(address, typeof(RuntimeObjectTests).FullName!, 0x20), ObjectsOf(process).At(address));
    }

    [TestMethod]
    public void The_bits_of_the_collector_are_not_the_types()
    {
        var process = new SyntheticRuntime();
        ulong type = process.AddType(Row, fields: 1);

        Assert.IsNotNull(ObjectsOf(process).At(process.AddObject(type | 1, 0)));
    }

    [TestMethod]
    public void A_type_that_shares_its_class_with_another_has_its_own_name()
    {
        var process = new SyntheticRuntime();
        ulong canonical = process.AddType(Row, fields: 1);
        ulong shared = process.AddType(Row, fields: 1);
        process.Write(shared + 40, canonical | 1);

        Assert.IsNotNull(ObjectsOf(process).At(process.AddObject(shared, 0)));
    }

    [TestMethod]
    public void Memory_that_is_no_object_is_none()
    {
        var process = new SyntheticRuntime();
        ulong type = process.AddType(Row, fields: 1);
        ulong otherClass = process.AddType(Row, fields: 1);
        process.Write(otherClass + 40, type);
        IManagedObjects objects = ObjectsOf(process);

        Assert.IsNull(objects.At(0));
        Assert.IsNull(objects.At(type), "a type");
        Assert.IsNull(objects.At(process.AddObject(type, 0) + 8), "a field");
        Assert.IsNull(objects.At(process.AddObject(type, 0) + 4), "not aligned");
        Assert.IsNull(objects.At(process.AddObject(otherClass, 0)), "type and class do not point at each other");
        Assert.IsNull(objects.At(process.AddObject(process.AddType(0xff_ffff, fields: 1), 0)), "no such type in the metadata");
        Assert.IsNull(objects.At(0x1234_5670), "not in memory");
    }

    [TestMethod]
    public void Threads_are_found_by_their_records_and_have_their_objects()
    {
        var process = new SyntheticRuntime();
        ulong first = process.AddThread(0x10);
        ulong ended = process.AddThread(0);
        ulong last = process.AddThread(0x20);
        ulong thread = process.AddObject(process.AddType(Row, fields: 1), last);
        process.SetObject(last, thread);
        IManagedObjects objects = ObjectsOf(process);

        Assert.AreEqual((0x10u, null, 0x20u), (objects.ThreadAt(first)!.Value, objects.ThreadAt(ended), objects.ThreadAt(last)!.Value));
        Assert.AreEqual(thread, objects.ThreadObjectOf(0x20));
        Assert.IsNull(objects.ThreadObjectOf(0x10), "it has no object");
        Assert.IsNull(objects.ThreadObjectOf(0x30), "the runtime does not know it");
        Assert.IsNull(objects.ThreadAt(thread), "an object is no record");
    }

    [TestMethod]
    public void A_list_of_threads_without_end_costs_no_more_than_a_long_one()
    {
        var process = new SyntheticRuntime();
        ulong first = process.AddThread(0x10);
        ulong last = process.AddThread(0x20);
        process.Write(last + 56, first + 56);

        Assert.IsNull(ObjectsOf(process).ThreadAt(0x1234));
        Assert.IsLessThan(MostReads, process.Reads);
    }

    [TestMethod]
    [DataRow("\"Object\":1", "\"Object\":2")]
    [DataRow("\"Thread\":1", "\"Thread\":2")]
    [DataRow("\"RuntimeTypeSystem\":1", "\"RuntimeTypeSystem\":2")]
    public void A_version_that_is_not_known_is_refused(string known, string other)
    {
        var process = new SyntheticRuntime();
        process.WriteDescriptor(SyntheticRuntime.DefaultText.Replace(known, other, StringComparison.Ordinal));

        Assert.IsNull(ManagedRuntime.Find(process)!.CreateObjects());
    }

    [TestMethod]
    public void Whatever_bits_are_turned_over_nothing_is_thrown_and_reads_are_bounded()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var process = new SyntheticRuntime();
            ulong record = process.AddThread(0x10);
            ulong thread = process.AddObject(process.AddType(Row, fields: 2), record, 0);
            process.SetObject(record, thread);
            process.Damage(new Random(seed), 40);
            int before = process.Reads;
            if (ManagedRuntime.Find(process)?.CreateObjects() is not { } objects)
                continue;
            _ = (objects.At(thread), objects.ThreadAt(record), objects.ThreadObjectOf(0x10));
            Assert.IsLessThan(MostReads, process.Reads - before, $"seed {seed}");
        }
    }

    private static IManagedObjects ObjectsOf(SyntheticRuntime process) => ManagedRuntime.Find(process)!.CreateObjects()!;
}
