using System.Runtime.InteropServices;
using KCallbacks.DbgEng.DataModel;

namespace KCallbacks.DbgEng.Tests;

/// <summary>What the data model's additions leave behind, against a vtable made for the test.</summary>
[TestClass]
public sealed unsafe class DebuggerModelTests
{
    private static int s_added;
    private static int s_removed;
    private static int s_refused;

    [TestInitialize]
    public void Forget() => (s_added, s_removed, s_refused) = (0, 0, 0);

    [TestMethod]
    public void Additions_are_taken_away_with_the_model()
    {
        using FakeEngine fake = Debugger();
        DebuggerModel model = Open(fake);
        model.Extend("Debugger.Models.Process", Property("A"));
        model.Extend("Debugger.Models.Thread", Property("B"));

        model.Dispose();
        model.Dispose();

        Assert.AreEqual((2, 2), (s_added, s_removed));
    }

    [TestMethod]
    public void An_addition_that_the_debugger_refuses_leaves_nothing_of_the_others_when_the_model_is_disposed()
    {
        using FakeEngine fake = Debugger();
        DebuggerModel model = Open(fake);
        model.Extend("Debugger.Models.Process", Property("A"));
        s_refused = 2;
        Assert.ThrowsExactly<EngineCallException>(() => model.Extend("Debugger.Models.Thread", Property("B")));

        model.Dispose();

        Assert.AreEqual(1, s_added);
        Assert.IsGreaterThanOrEqualTo(1, s_removed);
        Assert.AreEqual(1, fake.References, "only the manager is kept, for the errors of objects that live on");
    }

    [TestMethod]
    public void A_debugger_without_data_model_is_refused_and_nothing_leaks()
    {
        using var fake = new FakeEngine();
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        int held = fake.References;

        Assert.ThrowsExactly<EngineCallException>(() => DebuggerModel.Open(engine.Client, "closed"));

        Assert.AreEqual(held, fake.References);
    }

    private static ModelProperty<ModelObject> Property(string name) => new(name, "help", _ => null);

    private static DebuggerModel Open(FakeEngine fake)
    {
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        return DebuggerModel.Open(engine.Client, "closed");
    }

    private static FakeEngine Debugger()
    {
        var fake = new FakeEngine();
        fake.Fill(DataModelAccess.Slot.GetDataModel, (delegate* unmanaged<nint, nint*, nint*, int>)&GiveTwo);
        fake.Fill(DataModelManager.Slot.CreateDataModelObject, (delegate* unmanaged<nint, nint, nint*, int>)&GiveFor);
        fake.Fill(DataModelManager.Slot.CreateMetadataStore, (delegate* unmanaged<nint, nint, nint*, int>)&GiveFor);
        fake.Fill(DataModelManager.Slot.AcquireNamedModel, (delegate* unmanaged<nint, nint, nint*, int>)&GiveFor);
        fake.Fill(DataModelManager.Slot.CreateIntrinsicObject, (delegate* unmanaged<nint, uint, nint, nint*, int>)&GiveIntrinsic);
        fake.Fill(KeyStore.Slot.SetKey, (delegate* unmanaged<nint, int>)&Agree);
        fake.Fill(ModelObject.Slot.SetKey, (delegate* unmanaged<nint, int>)&Agree);
        fake.Fill(ModelObject.Slot.AddParentModel, (delegate* unmanaged<nint, int>)&Add);
        fake.Fill(ModelObject.Slot.RemoveParentModel, (delegate* unmanaged<nint, int>)&Remove);
        return fake;
    }

    private static int Give(nint self, nint* made)
    {
        Guid any = Guid.Empty;
        return ((delegate* unmanaged<nint, Guid*, nint*, int>)(*(void***)self)[EngineInterface.Slot.QueryInterface])(self, &any, made);
    }

    [UnmanagedCallersOnly]
    private static int GiveTwo(nint self, nint* first, nint* second) => Give(self, first) | Give(self, second);

    [UnmanagedCallersOnly]
    private static int GiveFor(nint self, nint argument, nint* made) => Give(self, made);

    [UnmanagedCallersOnly]
    private static int GiveIntrinsic(nint self, uint kind, nint value, nint* made) => Give(self, made);

    [UnmanagedCallersOnly]
    private static int Agree(nint self) => HResult.Ok.Value;

    [UnmanagedCallersOnly]
    private static int Add(nint self)
    {
        if (s_added + 1 == s_refused)
            return HResult.Fail.Value;
        s_added++;
        return HResult.Ok.Value;
    }

    [UnmanagedCallersOnly]
    private static int Remove(nint self)
    {
        s_removed++;
        return HResult.Ok.Value;
    }
}
