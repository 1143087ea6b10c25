using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;

namespace KCallbacks.Extension.DataModel;

/// <summary>The threads that a view shows, indexed by system thread id.</summary>
internal sealed class ThreadItems(ThreadView view, Report report, Func<JudgedThread, ModelObject> box) : IModelItems
{
    private readonly ImmutableArray<ThreadFinding> _shown = view.Select(report);

    public int Count => _shown.Length;

    public ulong KeyOf(int position) => _shown[position].Thread.SystemId ?? 0;

    public ModelObject At(int position) => box(JudgedThread.Of(_shown[position], view.ProcessId, report));

    /// <summary>Any thread of the process, shown or not: who asks for a thread wants its verdict.</summary>
    public ModelObject? Find(ulong key) => JudgedThread.Find(key, view.ProcessId, report) is { } thread ? box(thread) : null;
}
