namespace KCallbacks.DbgEng.Tests;

/// <summary>The object the engine calls with output, called the way the engine calls it.</summary>
[TestClass]
public sealed unsafe class OutputCallbacksTests
{
    [TestMethod]
    public void Text_arrives_with_its_mask()
    {
        var received = new List<(OutputMask, string)>();
        var callbacks = new OutputCallbacks(OutputFormat.Text, (mask, text) => received.Add((mask, text)));

        Assert.AreEqual(0, Output2(callbacks, OutputMask.Warning, "\u00e4 <b>\n"));

        CollectionAssert.AreEqual(new[] { (OutputMask.Warning, "\u00e4 <b>\n") }, received);
    }

    [TestMethod]
    public void An_exception_of_the_receiver_becomes_an_error_code()
    {
        var callbacks = new OutputCallbacks(OutputFormat.Text, (_, _) => throw new InvalidOperationException());

        Assert.AreEqual(HResult.Fail.Value, Output2(callbacks, OutputMask.Normal, "text"));
    }

    [TestMethod]
    [DataRow("4bf58045-d654-4c40-b0af-683090f356dc", true, DisplayName = "IDebugOutputCallbacks, which the engine takes")]
    [DataRow("67721fe9-56d2-4a44-a325-2b65513ce6eb", true, DisplayName = "IDebugOutputCallbacks2, for which it asks then")]
    [DataRow("4c7fd663-c394-4e26-8ef1-34ad5ed3764c", false, DisplayName = "IDebugOutputCallbacksWide")]
    public void An_interface_it_does_not_have_is_refused(string iid, bool has)
    {
        using var exposed = new ExposedObject(new OutputCallbacks(OutputFormat.Dml, (_, _) => { }), typeof(IDebugOutputCallbacks).GUID);
        Guid wanted = new(iid);
        nint found = 1;

        int result = ((delegate* unmanaged<nint, Guid*, nint*, int>)VTable(exposed.Pointer)[0])(exposed.Pointer, &wanted, &found);

        Assert.AreEqual(has ? HResult.Ok.Value : HResult.NoInterface.Value, result);
        Assert.AreEqual(has, found != 0);
        if (has)
            EngineInterface.Release(found);
    }

    [TestMethod]
    public void It_asks_for_the_format_it_was_made_for()
    {
        using var exposed = new ExposedObject(new OutputCallbacks(OutputFormat.Dml, (_, _) => { }), typeof(IDebugOutputCallbacks2).GUID);
        uint mask = 0;

        _ = ((delegate* unmanaged<nint, uint*, int>)VTable(exposed.Pointer)[4])(exposed.Pointer, &mask);

        Assert.AreEqual((uint)OutputFormat.Dml, mask);
    }

    private static int Output2(OutputCallbacks callbacks, OutputMask mask, string text)
    {
        using var exposed = new ExposedObject(callbacks, typeof(IDebugOutputCallbacks2).GUID);
        fixed (char* characters = text)
            return ((delegate* unmanaged<nint, uint, uint, ulong, char*, int>)VTable(exposed.Pointer)[5])(exposed.Pointer, 0, 0, (ulong)mask, characters);
    }

    private static void** VTable(nint pointer) => *(void***)pointer;
}
