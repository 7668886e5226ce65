# Why a file is not taken and what to do. The name comes first, so that one sees which it is.

files-empty = “{ $name }”: the file holds nothing. Check it on your device and add it again
files-too-large = “{ $name }”: the file is larger than { $most } MB. Compress it or split it into parts
files-other-kind = “{ $name }”: only { $formats } are taken here. Open the picture, choose “Print”, then “Save as PDF”, and add that file
files-heic = “{ $name }”: this is a HEIC photo. On an iPhone copy it to Files, hold it and choose Quick Actions, Convert Image, JPEG. Or take it again with Settings, Camera, Formats, Most Compatible
files-picture = “{ $name }”: pictures of this kind are not taken. Save it as JPEG
files-office = “{ $name }”: office documents and tables are not taken. Save the document as PDF
files-archive = “{ $name }”: this is an archive. Take the files out and add them one by one
files-program = “{ $name }”: this is a program. Programs are not taken
files-page = “{ $name }”: this is a web page or a drawing with scripts. Save it as PDF
files-media = “{ $name }”: sound and video are not taken. Say in words what is on the record and that you have it
files-text = “{ $name }”: this is plain text. Put it into the description or save it as PDF
files-unknown = “{ $name }”: it is not clear what kind of file this is. { $formats } are taken
files-unreadable = “{ $name }”: the file is damaged or did not arrive whole. Open it, save it anew and add it again
files-polyglot = “{ $name }”: another file is hidden inside. Open it, save it anew and add it again
files-too-many-pixels = “{ $name }”: the picture is too large. Make it smaller, to { $most } megapixels
files-too-many-pages = “{ $name }”: the document has more than { $most ->
    [one] { $most } page
   *[other] { $most } pages
  }. Split it into parts
files-too-complex = “{ $name }”: the document is built in too complex a way. Print it to PDF and add what comes out
files-encrypted = “{ $name }”: the document has a password. Save it without one and add it again
files-active = “{ $name }”: the document runs a program or opens something by itself. Print it to PDF and add what comes out
files-attachments = “{ $name }”: other files are attached to the document. Add them apart, and save the document without them
files-too-slow = “{ $name }”: the file could not be checked in time. Save it anew or add another one
