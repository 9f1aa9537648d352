using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Rcu.Web.Pages.Developers;

/// <summary>The first three calls a program makes, ready to paste.</summary>
internal sealed class IndexModel : PageModel
{
    public string Find =>
        $"""
        curl {Base}/accounts/by-key/erp/C00127 \
          -H "Authorization: Bearer $RCU_KEY"
        """;

    public string Push =>
        $$"""
        curl -X PUT {{Base}}/accounts/by-key/erp/C00127 \
          -H "Authorization: Bearer $RCU_KEY" -H "Content-Type: application/json" \
          -d '{ "name": "Menuiserie Vasseur", "postalCode": "57000", "city": "Metz" }'
        """;

    public string Resolve =>
        $$"""
        curl -X POST {{Base}}/resolve \
          -H "Authorization: Bearer $RCU_KEY" -H "Content-Type: application/json" \
          -d '{ "account": { "name": "Vasseur menuiserie SARL", "city": "Metz" } }'
        """;

    private string Base => $"{Request.Scheme}://{Request.Host}/api/v1";
}
