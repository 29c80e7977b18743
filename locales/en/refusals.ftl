### Why a choice was not taken: short alerts, which also say what to do.

refusal-no-mailbox = No mailbox has been chosen. Choose at least one to continue.
refusal-too-many-mailboxes = The order is full: it cannot hold more mailboxes. Another can be made after this one.
refusal-mailbox-not-renewable = A chosen mailbox can no longer be renewed here. It is marked ⊘ in the list: tap it to see why.
refusal-other-holder = This mailbox is not one of this holder's. Another holder needs a renewal of their own.
refusal-plan-not-on-sale = This plan is not on sale. Keep the current one, or choose another from the list.
refusal-space-too-small = The space in use does not fit. Delete some messages and check again, or choose a larger plan.
refusal-archive-loss-unconfirmed = With this plan the archive is deleted, which needs a confirmation of its own. Open the change of plan again.
refusal-space-not-sold = No space can be added with this plan. For more, choose another plan.
refusal-space-below-zero = The extra space is at zero already.
refusal-space-below-used = This is the least for the space in use. To have less, delete some messages first.
refusal-space-above-cap = This is the most that can be added with this plan. For more, choose a larger plan.
refusal-kit-not-sold = This kit is no longer sold. Choose another, or continue without.
refusal-kit-incomplete = The kit has to name a person, with all their details. Complete those that are missing.
refusal-registrant-incomplete = Some of the registrant details are missing or not right. Correct those marked, then confirm.
refusal-method-not-offered = This payment method is not available for this holder. Choose another.
refusal-method-too-late = With this method the payment would come after the mailbox is deleted. Choose a faster one.
refusal-auto-renew-not-carried = Automatic renewal is possible with some payment methods only. Choose one of those first.
refusal-years-not-offered = This renewal period is not available: in a promotion the longest is shorter. Choose another.
refusal-document-not-offered = This acceptance is not needed for this order. The others stay as they are.
refusal-incomplete = Something is still to be chosen. Go back to the summary to complete it.
