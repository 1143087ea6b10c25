namespace KCallbacks.DbgEng.DataModel;

/// <summary>Items that are indexed by their position.</summary>
/// <param name="items">The items.</param>
/// <param name="box">Makes the object of an item.</param>
public sealed class ModelList<T>(IReadOnlyList<T> items, Func<T, ModelObject> box) : IModelItems
{
    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public ulong KeyOf(int position) => (ulong)position;

    /// <inheritdoc/>
    public ModelObject At(int position) => box(items[position]);

    /// <inheritdoc/>
    public ModelObject? Find(ulong key) => key < (ulong)items.Count ? box(items[(int)key]) : null;
}
