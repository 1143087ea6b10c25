using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Store;

[TestClass]
public sealed class StoreFolderTests
{
    [TestMethod]
    public void A_folder_with_something_else_becomes_no_store()
    {
        using var store = new SampleStore();
        Directory.CreateDirectory(store.Path);
        File.WriteAllText(Path.Combine(store.Path, "letter.txt"), "");

        StoreException refusal = Assert.ThrowsExactly<StoreException>(() => StoreFolder.Create(store.Path));

        StringAssert.Contains(refusal.Message, "letter.txt");
        Assert.HasCount(1, Directory.GetFileSystemEntries(store.Path));
    }

    [TestMethod]
    public void Many_programs_make_a_store_at_once()
    {
        using var store = new SampleStore();

        Parallel.For(0, 50, _ => StoreFolder.Create(store.Path));

        Assert.HasCount(1, Directory.GetFileSystemEntries(store.Path));
    }

    [TestMethod]
    [DataRow("""{"store":"kcallbacks","version":2}""", "version 2")]
    [DataRow("""{"store":"other","version":1}""", "another program")]
    [DataRow("""{"version":1}""", "damaged")]
    [DataRow("""{"store":"kcallbacks","version":"1"}""", "damaged")]
    [DataRow("[]", "damaged")]
    [DataRow("", "damaged")]
    public void A_store_of_another_version_is_not_read(string header, string reason)
    {
        using var store = new SampleStore();
        Directory.CreateDirectory(store.Path);
        File.WriteAllText(Path.Combine(store.Path, "store.json"), header);

        StringAssert.Contains(Assert.ThrowsExactly<StoreException>(() => StoreFolder.Open(store.Path)).Message, reason);
        StringAssert.Contains(Assert.ThrowsExactly<StoreException>(() => StoreFolder.Create(store.Path)).Message, reason);
    }

    [TestMethod]
    public void Only_a_store_is_read()
    {
        using var store = new SampleStore();
        StringAssert.Contains(Assert.ThrowsExactly<StoreException>(() => StoreFolder.Open(store.Path)).Message, "there is no store");
        Directory.CreateDirectory(store.Path);
        StringAssert.Contains(Assert.ThrowsExactly<StoreException>(() => StoreFolder.Open(store.Path)).Message, "is no store");
    }
}
