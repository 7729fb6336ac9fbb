"""XLSForm workbooks (.xlsx), as ODK, KoboToolbox and many others write them."""
