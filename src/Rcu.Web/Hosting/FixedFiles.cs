using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Rcu.Web.Hosting;

/// <summary>
/// The files that browsers ask for, as they were when the hub started: a new version comes with a new start, so that nothing watches
/// them. A watch costs one of the few that the system gives to a user, and keeps the whole hub in memory after its end.
/// </summary>
internal sealed class FixedFiles(IFileProvider files) : IFileProvider
{
    public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

    public IFileInfo GetFileInfo(string subpath) => files.GetFileInfo(subpath);

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
