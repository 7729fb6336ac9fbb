"""The papers of the text: what is read in Word, on paper and in a spreadsheet. No query and no request here."""
