using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// OpenSSH's own server on a port of this machine, for one test: its keys and its configuration are made for it and thrown away. It
/// is looked for where Debian installs it and where <c>./rcu test</c> unpacks it; without it, the test fails and says so.
/// </summary>
internal sealed class LoopbackSshd : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private LoopbackSshd(DirectoryInfo folder, Process process, int port) => (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    public static string User => Environment.UserName == "root" ? "nobody" : Environment.UserName;

    /// <summary>Where files are dropped.</summary>
    public string Drops => Path.Combine(_folder.FullName, "drops");

    public string HostKey => string.Join(' ', File.ReadAllText(Path.Combine(_folder.FullName, "host.pub")).Split(' ')[..2]);

    /// <summary>The private key of the one who is let in.</summary>
    public string Key => File.ReadAllText(Path.Combine(_folder.FullName, "user"));

    public static async Task<LoopbackSshd> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("rcu-sshd-");
        Open(folder.FullName);
        Open(Directory.CreateDirectory(Path.Combine(folder.FullName, "drops")).FullName);
        await RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder.FullName, "host")], asServer: true);
        await RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder.FullName, "user")], asServer: false);
        var port = FreePort();
        var settings = Path.Combine(folder.FullName, "sshd_config");
        await File.WriteAllTextAsync(
            settings,
            $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {folder.FullName}/host
            PidFile none
            AuthorizedKeysFile {folder.FullName}/user.pub
            StrictModes no
            UsePAM yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            Subsystem sftp internal-sftp
            ForceCommand internal-sftp -d {folder.FullName}

            """);
        var process = Process.Start(Start(Program(), ["-D", "-e", "-f", settings], asServer: true))!;
        var sshd = new LoopbackSshd(folder, process, port);
        await sshd.ListensAsync();
        return sshd;
    }

    /// <summary>Drops a file that the server's user may move.</summary>
    public void Drop(string name, string content) => File.WriteAllText(Path.Combine(Drops, name), content);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Program() =>
        new[] { "/usr/sbin/sshd", Path.Combine(Unpacked, "usr/sbin/sshd") }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"OpenSSH's server is not on this machine: « ./rcu test » unpacks it, or « apt-get install openssh-server ». Looked in /usr/sbin and {Unpacked}.");

    private static string Unpacked => Environment.GetEnvironmentVariable("RCU_SSHD") ?? "/tmp/rcu-openssh";

    // Root's server would need an account and a folder of its own: as nobody it needs none.
    private static ProcessStartInfo Start(string program, IReadOnlyList<string> arguments, bool asServer)
    {
        List<string> whole = asServer && Environment.UserName == "root"
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(whole[0]) { RedirectStandardError = true };
        foreach (var argument in whole.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        if (program.StartsWith(Unpacked, StringComparison.Ordinal))
        {
            start.Environment["LD_LIBRARY_PATH"] = Path.Combine(Unpacked, "usr/lib/x86_64-linux-gnu");
        }

        return start;
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, bool asServer)
    {
        using var process = Process.Start(Start(program, arguments, asServer))!;
        var complained = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {complained}");
    }

    private async Task ListensAsync()
    {
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }

        throw new InvalidOperationException("OpenSSH's server does not listen.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }
    }
}
