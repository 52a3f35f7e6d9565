<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>Whisper Transcriber {version}</source>
        <translation>Whisper Transcriber {version}</translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation>Freie Software unter der MIT-Lizenz.</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>Paused at {share}</source>
        <translation>Angehalten bei {share}</translation>
    </message>
    <message>
        <source>Interrupted, continues by itself</source>
        <translation>Unterbrochen, geht von selbst weiter</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Die Datei wird gelesen</translation>
    </message>
    <message>
        <source>less than 1&#xa0;min left</source>
        <translation>noch unter 1&#xa0;min</translation>
    </message>
    <message>
        <source>about {minutes}&#xa0;min left</source>
        <translation>noch etwa {minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>about {hours}&#xa0;h left</source>
        <translation>noch etwa {hours}&#xa0;h</translation>
    </message>
    <message>
        <source>about {hours}&#xa0;h {minutes}&#xa0;min left</source>
        <translation>noch etwa {hours}&#xa0;h {minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>less than 1&#xa0;minute</source>
        <translation>weniger als 1&#xa0;Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n&#xa0;minute(s)</source>
        <translation>
            <numerusform>etwa %n&#xa0;Minute</numerusform>
            <numerusform>etwa %n&#xa0;Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n&#xa0;hour(s)</source>
        <translation>
            <numerusform>etwa %n&#xa0;Stunde</numerusform>
            <numerusform>etwa %n&#xa0;Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>eingereiht</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>{0}&#xa0;pt</source>
        <translation>{0}&#xa0;pt</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Whisper Transcriber</source>
        <translation>Whisper Transcriber</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>Das Programm hat einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>Your transcripts are safe: everything is saved as it appears. Report the mistake with the text below; look through it first, it may name files.</source>
        <translation>Die Transkripte sind sicher: Alles wird gespeichert, sobald es erscheint. Der Fehler lässt sich mit dem Text unten melden; vorher durchsehen, er kann Dateinamen enthalten.</translation>
    </message>
    <message>
        <source>The computer refused something.</source>
        <translation>Der Computer hat etwas verweigert.</translation>
    </message>
    <message>
        <source>The memory of this computer is used up. Close other programs.</source>
        <translation>Der Arbeitsspeicher ist aufgebraucht. Andere Programme schließen.</translation>
    </message>
    <message>
        <source>Details of the failure</source>
        <translation>Einzelheiten zum Fehler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Quit the program</source>
        <translation>Programm beenden</translation>
    </message>
</context>
<context>
    <name>DocumentDisplay</name>
    <message>
        <source>No speech was found in this recording.</source>
        <translation>In dieser Aufnahme wurde keine Sprache gefunden.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>Verlauf …</translation>
    </message>
    <message numerus="yes">
        <source>%n paragraph(s) so far. You can read, search and edit them now.</source>
        <translation>
            <numerusform>Bisher %n Absatz. Er lässt sich schon lesen, durchsuchen und bearbeiten.</numerusform>
            <numerusform>Bisher %n Absätze. Sie lassen sich schon lesen, durchsuchen und bearbeiten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dots</name>
    <message>
        <source>{0}: {1} of 5</source>
        <translation>{0}: {1} von 5</translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Drop to start</source>
        <translation>Loslassen zum Starten</translation>
    </message>
</context>
<context>
    <name>ExportController</name>
    <message>
        <source>There is no text to export yet. Wait until the first words are there.</source>
        <translation>Es gibt noch keinen Text zum Exportieren. Die ersten Wörter abwarten.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>Subtitles</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>SRT, VTT, ASS</source>
        <translation>SRT, VTT, ASS</translation>
    </message>
    <message>
        <source>Interview document</source>
        <translation>Interview-Dokument</translation>
    </message>
    <message>
        <source>Word, HTML, Markdown</source>
        <translation>Word, HTML, Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>TXT</source>
        <translation>TXT</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>JSON, CSV, words with times</source>
        <translation>JSON, CSV, Wörter mit Zeiten</translation>
    </message>
    <message>
        <source>SubRip (.srt)</source>
        <translation>SubRip (.srt)</translation>
    </message>
    <message>
        <source>WebVTT (.vtt)</source>
        <translation>WebVTT (.vtt)</translation>
    </message>
    <message>
        <source>Advanced SubStation (.ass)</source>
        <translation>Advanced SubStation (.ass)</translation>
    </message>
    <message>
        <source>SubStation (.ssa)</source>
        <translation>SubStation (.ssa)</translation>
    </message>
    <message>
        <source>Timed Text (.ttml)</source>
        <translation>Timed Text (.ttml)</translation>
    </message>
    <message>
        <source>YouTube (.sbv)</source>
        <translation>YouTube (.sbv)</translation>
    </message>
    <message>
        <source>MicroDVD (.sub)</source>
        <translation>MicroDVD (.sub)</translation>
    </message>
    <message>
        <source>Lyrics (.lrc)</source>
        <translation>Liedtext (.lrc)</translation>
    </message>
    <message>
        <source>Word (.docx)</source>
        <translation>Word (.docx)</translation>
    </message>
    <message>
        <source>Web page (.html)</source>
        <translation>Webseite (.html)</translation>
    </message>
    <message>
        <source>Markdown (.md)</source>
        <translation>Markdown (.md)</translation>
    </message>
    <message>
        <source>oTranscribe (.otr)</source>
        <translation>oTranscribe (.otr)</translation>
    </message>
    <message>
        <source>Text (.txt)</source>
        <translation>Text (.txt)</translation>
    </message>
    <message>
        <source>JSON (.json)</source>
        <translation>JSON (.json)</translation>
    </message>
    <message>
        <source>Spreadsheet (.csv)</source>
        <translation>Tabellenblatt (.csv)</translation>
    </message>
    <message>
        <source>Table (.tsv)</source>
        <translation>Tabelle (.tsv)</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Speaker names</source>
        <translation>Namen der Sprecher</translation>
    </message>
    <message>
        <source>Mark doubtful words</source>
        <translation>Zweifelhafte Wörter</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>Zeilennummern</translation>
    </message>
    <message>
        <source>Rules for cues</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Words with times</source>
        <translation>Wörter mit Zeiten</translation>
    </message>
    <message>
        <source>Each paragraph</source>
        <translation>Je Absatz</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Web video</source>
        <translation>Webvideo</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>Fernsehen</translation>
    </message>
    <message>
        <source>Slow readers</source>
        <translation>Langsames Lesen</translation>
    </message>
    <message numerus="yes">
        <source>Export %n transcript(s)</source>
        <translation>
            <numerusform>%n Transkript exportieren</numerusform>
            <numerusform>%n Transkripte exportieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total} files</source>
        <translation>{done} von {total} Dateien</translation>
    </message>
    <message>
        <source>“{name}” is already there.</source>
        <translation>„{name}“ gibt es schon.</translation>
    </message>
    <message>
        <source>It is another file, or it was changed since it was exported.</source>
        <translation>Es ist eine andere Datei, oder sie wurde seit dem Export geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are already there.</source>
        <translation>
            <numerusform>%n Datei gibt es schon.</numerusform>
            <numerusform>%n Dateien gibt es schon.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are other files, or were changed since they were exported.</source>
        <translation>Es sind andere Dateien, oder sie wurden seit dem Export geändert.</translation>
    </message>
    <message>
        <source>{name} was exported.</source>
        <translation>{name} wurde exportiert.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were exported.</source>
        <translation>
            <numerusform>%n Datei wurde exportiert.</numerusform>
            <numerusform>%n Dateien wurden exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is up to date.</source>
        <translation>{name} ist auf dem neuesten Stand.</translation>
    </message>
    <message>
        <source>All files are up to date.</source>
        <translation>Alle Dateien sind auf dem neuesten Stand.</translation>
    </message>
</context>
<context>
    <name>FileSentences</name>
    <message>
        <source>The folder “{folder}” cannot be written to.</source>
        <translation>In den Ordner „{folder}“ kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The folder cannot be written to.</source>
        <translation>In den Ordner kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another one; the old file is untouched.</source>
        <translation>Einen anderen wählen; die alte Datei ist unberührt.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing was exported.</source>
        <translation>Der Datenträger ist voll, deshalb wurde nichts exportiert.</translation>
    </message>
    <message>
        <source>Free some space and export again; the old file is untouched.</source>
        <translation>Platz schaffen und erneut exportieren; die alte Datei ist unberührt.</translation>
    </message>
    <message>
        <source>Another program is writing this file.</source>
        <translation>Ein anderes Programm schreibt diese Datei.</translation>
    </message>
    <message>
        <source>Wait for it, or choose another folder.</source>
        <translation>Abwarten oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The exported file is no longer there.</source>
        <translation>Die exportierte Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Export it again.</source>
        <translation>Erneut exportieren.</translation>
    </message>
    <message>
        <source>This file is no transcript that can be read.</source>
        <translation>Diese Datei ist kein lesbares Transkript.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>The disk is full, so transcription stopped at {time}.</source>
        <translation>Der Datenträger ist voll, deshalb endete die Transkription bei {time}.</translation>
    </message>
    <message>
        <source>The disk is full, so transcription stopped.</source>
        <translation>Der Datenträger ist voll, deshalb endete die Transkription.</translation>
    </message>
    <message>
        <source>This library was written by a newer version of the program.</source>
        <translation>Diese Bibliothek stammt von einer neueren Version des Programms.</translation>
    </message>
    <message>
        <source>Install the newest version; nothing was changed.</source>
        <translation>Die neueste Version installieren; nichts wurde verändert.</translation>
    </message>
    <message>
        <source>Another program is using this library.</source>
        <translation>Ein anderes Programm benutzt diese Bibliothek.</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>Es schließen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The library is damaged and was left as it is.</source>
        <translation>Die Bibliothek ist beschädigt und blieb unverändert.</translation>
    </message>
    <message>
        <source>The library cannot be written to.</source>
        <translation>In die Bibliothek kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Give yourself permission to write to its folder, then try again.</source>
        <translation>Schreibrechte für ihren Ordner einräumen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>The library lies in a network folder, where it could be damaged.</source>
        <translation>Die Bibliothek liegt in einem Netzwerkordner, wo sie Schaden nehmen könnte.</translation>
    </message>
    <message>
        <source>Choose a folder on this computer.</source>
        <translation>Einen Ordner auf diesem Computer wählen.</translation>
    </message>
    <message>
        <source>There is no backup; start with an empty library, this one is kept.</source>
        <translation>Es gibt keine Sicherung. Mit einer leeren Bibliothek beginnen; die beschädigte bleibt erhalten.</translation>
    </message>
    <message>
        <source>The newest backup is of {date}; the damaged library is kept too.</source>
        <translation>Die neueste Sicherung ist vom {date}. Die beschädigte Bibliothek bleibt ebenfalls erhalten.</translation>
    </message>
    <message>
        <source>This passage was changed in the meantime.</source>
        <translation>Diese Stelle wurde inzwischen geändert.</translation>
    </message>
    <message>
        <source>Look at it and make the change again.</source>
        <translation>Die Stelle ansehen und die Änderung wiederholen.</translation>
    </message>
    <message>
        <source>This speaker was named otherwise in the meantime.</source>
        <translation>Dieser Sprecher wurde inzwischen anders benannt.</translation>
    </message>
    <message>
        <source>The name stays as it is; the step is passed over.</source>
        <translation>Der Name bleibt, wie er ist; der Schritt wird übergangen.</translation>
    </message>
    <message>
        <source>This transcript is no longer in the library.</source>
        <translation>Dieses Transkript ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Ein anderes wählen.</translation>
    </message>
    <message>
        <source>Another part or track is asked for than in the last run.</source>
        <translation>Ein anderer Teil oder eine andere Spur ist verlangt als beim letzten Mal.</translation>
    </message>
    <message>
        <source>Start again to decode it; the text so far stays in History.</source>
        <translation>Neu beginnen, um ihn zu transkribieren; der bisherige Text bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>An option has a value that is not allowed.</source>
        <translation>Eine Option hat einen unzulässigen Wert.</translation>
    </message>
    <message>
        <source>Choose another one in the profile, then try again.</source>
        <translation>Im Profil einen anderen wählen, dann erneut versuchen.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter titles</source>
        <translation>Titel filtern</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Tags: {names}</source>
        <translation>Schlagwörter: {names}</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this transcript</source>
        <translation>In diesem Transkript suchen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Vorige Stelle</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Nächste Stelle</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>No places</source>
        <translation>Keine Stellen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n Stelle</numerusform>
            <numerusform>%n Stellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Profile for new recordings</source>
        <translation>Profil für neue Aufnahmen</translation>
    </message>
    <message>
        <source>Profile for {0}</source>
        <translation>Profil für {0}</translation>
    </message>
    <message>
        <source>Stop watching {0}</source>
        <translation>{0} nicht mehr beobachten</translation>
    </message>
</context>
<context>
    <name>FormatsButton</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>GroupList</name>
    <message numerus="yes">
        <source>{0}, %n hit(s)</source>
        <translation>
            <numerusform>{0}, %n Treffer</numerusform>
            <numerusform>{0}, %n Treffer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HardwareSection</name>
    <message>
        <source>Computing device</source>
        <translation>Rechengerät</translation>
    </message>
    <message>
        <source>The devices of this computer are looked at.</source>
        <translation>Die Geräte dieses Computers werden geprüft.</translation>
    </message>
    <message>
        <source>The graphics card does the work.</source>
        <translation>Die Grafikkarte übernimmt die Arbeit.</translation>
    </message>
    <message>
        <source>The graphics card {name} does the work.</source>
        <translation>Die Grafikkarte {name} übernimmt die Arbeit.</translation>
    </message>
    <message>
        <source>The processor does the work, as you chose.</source>
        <translation>Der Prozessor übernimmt die Arbeit, wie gewählt.</translation>
    </message>
    <message>
        <source>The graphics card cannot help here, so the processor does the work.</source>
        <translation>Die Grafikkarte kann hier nicht helfen, deshalb übernimmt der Prozessor die Arbeit.</translation>
    </message>
    <message>
        <source>No graphics card that can help was found, so the processor is used.</source>
        <translation>Keine geeignete Grafikkarte gefunden, deshalb wird der Prozessor benutzt.</translation>
    </message>
    <message>
        <source>Graphics card {number}</source>
        <translation>Grafikkarte {number}</translation>
    </message>
    <message>
        <source>Can compute with {types}; the first is the best.</source>
        <translation>Kann mit {types} rechnen; der erste Typ ist der beste.</translation>
    </message>
    <message>
        <source>{count} parts of a recording are transcribed at once.</source>
        <translation>{count} Teile einer Aufnahme werden gleichzeitig transkribiert.</translation>
    </message>
    <message>
        <source>Tried with the model {model}.</source>
        <translation>Mit dem Modell {model} erprobt.</translation>
    </message>
    <message>
        <source>Not tried yet, because no speech model is installed.</source>
        <translation>Noch nicht erprobt, weil kein Sprachmodell installiert ist.</translation>
    </message>
    <message>
        <source>The CUDA 12 libraries or the driver are missing or too old.</source>
        <translation>Die CUDA-12-Bibliotheken oder der Treiber fehlen oder sind zu alt.</translation>
    </message>
    <message>
        <source>Its memory is too small for a speech model.</source>
        <translation>Ihr Speicher ist zu klein für ein Sprachmodell.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Automatic: {device}</source>
        <translation>Automatisch: {device}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
</context>
<context>
    <name>HeaderWords</name>
    <message>
        <source>Transcribing</source>
        <translation>Transkription läuft</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Die Datei wird gelesen</translation>
    </message>
    <message>
        <source>Decoding an unfinished part again</source>
        <translation>Ein unfertiger Abschnitt wird noch einmal erkannt</translation>
    </message>
    <message>
        <source>{times}× real time</source>
        <translation>{times}× Echtzeit</translation>
    </message>
    <message>
        <source>Waits for the {model} model</source>
        <translation>Wartet auf das Modell {model}</translation>
    </message>
    <message>
        <source>Waits in the queue</source>
        <translation>Wartet in der Warteschlange</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted, continues by itself</source>
        <translation>Unterbrochen, geht von selbst weiter</translation>
    </message>
    <message>
        <source>{time} of {length} transcribed</source>
        <translation>{time} von {length} transkribiert</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
</context>
<context>
    <name>HistoryController</name>
    <message>
        <source>The recording is being transcribed. Pause it, then restore the text.</source>
        <translation>Die Aufnahme wird gerade transkribiert. Erst anhalten, dann den Text wiederherstellen.</translation>
    </message>
    <message>
        <source>The earlier text is back. The one before it is in History.</source>
        <translation>Der frühere Text ist wieder da. Der bisherige steht im Verlauf.</translation>
    </message>
</context>
<context>
    <name>HistorySheet</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Text of the revision</source>
        <translation>Text der Fassung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Earlier texts appear here once something changes.</source>
        <translation>Frühere Texte erscheinen hier, sobald sich etwas ändert.</translation>
    </message>
    <message>
        <source>As it was transcribed</source>
        <translation>Wie transkribiert</translation>
    </message>
    <message>
        <source>While it was edited</source>
        <translation>Während der Bearbeitung</translation>
    </message>
    <message>
        <source>Before it was transcribed again</source>
        <translation>Vor der neuen Transkription</translation>
    </message>
    <message>
        <source>Before an earlier text came back</source>
        <translation>Vor der Rückkehr zu einem früheren Text</translation>
    </message>
</context>
<context>
    <name>HitDelegate</name>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown} von {count}</translation>
    </message>
    <message>
        <source>Titles</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>HoleLines</name>
    <message>
        <source>{start}–{end} was not transcribed</source>
        <translation>{start}–{end} wurde nicht transkribiert</translation>
    </message>
    <message>
        <source>From {start} on it was not transcribed</source>
        <translation>Ab {start} wurde nicht transkribiert</translation>
    </message>
    <message>
        <source>{start}–{end} not transcribed yet</source>
        <translation>{start}–{end} noch nicht transkribiert</translation>
    </message>
    <message>
        <source>From {start} on not transcribed yet</source>
        <translation>Ab {start} noch nicht transkribiert</translation>
    </message>
</context>
<context>
    <name>IntakeController</name>
    <message>
        <source>What was dropped is no file on this computer. Save it first, then drop the saved file.</source>
        <translation>Was abgelegt wurde, ist keine Datei auf diesem Computer. Erst speichern, dann die gespeicherte Datei ablegen.</translation>
    </message>
    <message>
        <source>Choose recordings</source>
        <translation>Aufnahmen auswählen</translation>
    </message>
    <message>
        <source>The recordings are being put into the queue.</source>
        <translation>Die Aufnahmen werden in die Warteschlange gestellt.</translation>
    </message>
    <message>
        <source>{title} is in the queue.</source>
        <translation>{title} ist in der Warteschlange.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>{title} is in the queue already.</source>
        <translation>{title} ist schon in der Warteschlange.</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) were transcribed before.</source>
        <translation>
            <numerusform>%n Aufnahme wurde schon transkribiert.</numerusform>
            <numerusform>%n Aufnahmen wurden schon transkribiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Neu transkribieren</translation>
    </message>
    <message numerus="yes">
        <source>%n dropped item(s) hold no recording.</source>
        <translation>
            <numerusform>%n abgelegtes Element enthält keine Aufnahme.</numerusform>
            <numerusform>%n abgelegte Elemente enthalten keine Aufnahme.</numerusform>
        </translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>JobSentences</name>
    <message>
        <source>Choose another one, or convert it first.</source>
        <translation>Eine andere wählen oder sie zuerst umwandeln.</translation>
    </message>
    <message>
        <source>The recording ends at {time}; the rest is damaged.</source>
        <translation>Die Aufnahme endet bei {time}; der Rest ist beschädigt.</translation>
    </message>
    <message>
        <source>The recording is damaged.</source>
        <translation>Die Aufnahme ist beschädigt.</translation>
    </message>
    <message>
        <source>The recording was moved or deleted.</source>
        <translation>Die Aufnahme wurde verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>Show where it is now to go on.</source>
        <translation>Zum Fortsetzen zeigen, wo sie jetzt liegt.</translation>
    </message>
    <message>
        <source>The folder contains no recording.</source>
        <translation>Der Ordner enthält keine Aufnahme.</translation>
    </message>
    <message>
        <source>Choose a folder with audio or video files.</source>
        <translation>Einen Ordner mit Audio- oder Videodateien wählen.</translation>
    </message>
    <message>
        <source>This file is no recording that can be read.</source>
        <translation>Diese Datei ist keine lesbare Aufnahme.</translation>
    </message>
    <message>
        <source>This file has no sound.</source>
        <translation>Diese Datei hat keinen Ton.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>The text up to there is kept.</source>
        <translation>Der Text bis dahin bleibt erhalten.</translation>
    </message>
    <message>
        <source>The recording changed since the last run.</source>
        <translation>Die Aufnahme hat sich seit dem letzten Mal geändert.</translation>
    </message>
    <message>
        <source>Start again once it is no longer being written.</source>
        <translation>Neu beginnen, sobald sie nicht mehr geschrieben wird.</translation>
    </message>
    <message>
        <source>The recording is copy-protected.</source>
        <translation>Die Aufnahme ist kopiergeschützt.</translation>
    </message>
    <message>
        <source>Choose a file without copy protection.</source>
        <translation>Eine Datei ohne Kopierschutz wählen.</translation>
    </message>
    <message>
        <source>The recording may not be read.</source>
        <translation>Die Aufnahme darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Give yourself permission to read the file, then try again.</source>
        <translation>Leserechte für die Datei einräumen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>der Wahl</translation>
    </message>
    <message>
        <source>Download the broken file again ({size}).</source>
        <translation>Die kaputte Datei neu laden ({size}).</translation>
    </message>
    <message>
        <source>Download the broken file again.</source>
        <translation>Die kaputte Datei neu laden.</translation>
    </message>
    <message>
        <source>The {model} model is not on this computer yet.</source>
        <translation>Das Modell {model} ist noch nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>It is downloaded once, then it stays here.</source>
        <translation>Es wird einmal geladen und bleibt dann hier.</translation>
    </message>
    <message>
        <source>The {model} model could not be downloaded.</source>
        <translation>Das Modell {model} konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Check the connection; the download goes on where it stopped.</source>
        <translation>Die Verbindung prüfen; das Laden geht dort weiter, wo es endete.</translation>
    </message>
    <message>
        <source>The program stays offline, so no model was downloaded.</source>
        <translation>Das Programm bleibt offline, deshalb wurde kein Modell geladen.</translation>
    </message>
    <message>
        <source>Switch “Stay offline” off in Settings, then download it.</source>
        <translation>In den Einstellungen „Offline bleiben“ ausschalten, dann laden.</translation>
    </message>
    <message>
        <source>The {model} model is being downloaded already.</source>
        <translation>Das Modell {model} wird bereits geladen.</translation>
    </message>
    <message>
        <source>Wait for that download; stopping it keeps what was fetched.</source>
        <translation>Dieses Laden abwarten; beim Stoppen bleibt erhalten, was schon da ist.</translation>
    </message>
    <message>
        <source>The model {model} is damaged.</source>
        <translation>Das Modell {model} ist beschädigt.</translation>
    </message>
    <message>
        <source>There is no room for the {model} model.</source>
        <translation>Für das Modell {model} ist kein Platz.</translation>
    </message>
    <message>
        <source>The {model} model understands English only.</source>
        <translation>Das Modell {model} versteht nur Englisch.</translation>
    </message>
    <message>
        <source>Choose another model for other languages or for translation.</source>
        <translation>Für andere Sprachen oder für Übersetzungen ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>There is not enough memory for the {model} model.</source>
        <translation>Für das Modell {model} reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Close other programs and continue, or choose a smaller model.</source>
        <translation>Andere Programme schließen und fortsetzen oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>A library that the graphics card needs is missing.</source>
        <translation>Eine Bibliothek, die die Grafikkarte braucht, fehlt.</translation>
    </message>
    <message>
        <source>Choose the processor in Settings › Hardware, then continue.</source>
        <translation>Unter Einstellungen › Hardware den Prozessor wählen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>This computer cannot calculate with the chosen number type.</source>
        <translation>Dieser Computer kann mit dem gewählten Zahlentyp nicht rechnen.</translation>
    </message>
    <message>
        <source>Choose “auto” in Settings › Hardware, then continue.</source>
        <translation>Unter Einstellungen › Hardware „Automatisch“ wählen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>The engine stopped at {time}.</source>
        <translation>Die Erkennung endete bei {time}.</translation>
    </message>
    <message>
        <source>The engine stopped.</source>
        <translation>Die Erkennung endete.</translation>
    </message>
    <message>
        <source>Continue where it stopped.</source>
        <translation>Dort fortsetzen, wo sie endete.</translation>
    </message>
    <message>
        <source>The engine no longer answered and was stopped.</source>
        <translation>Die Erkennung antwortete nicht mehr und wurde gestoppt.</translation>
    </message>
    <message>
        <source>The parts of the program have different versions.</source>
        <translation>Die Teile des Programms haben verschiedene Versionen.</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Das Programm neu installieren.</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>Das Programm hat einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>Continue, and if it comes back report it with the details.</source>
        <translation>Fortsetzen und, falls der Fehler wiederkehrt, mit den Einzelheiten melden.</translation>
    </message>
    <message>
        <source>{size}, once.</source>
        <translation>{size}, einmalig.</translation>
    </message>
    <message>
        <source>An hour of recording takes {time} here.</source>
        <translation>Eine Stunde Aufnahme dauert hier {time}.</translation>
    </message>
    <message numerus="yes">
        <source>The %n paragraph(s) below are saved.</source>
        <translation>
            <numerusform>Der %n Absatz unten ist gespeichert.</numerusform>
            <numerusform>Die %n Absätze unten sind gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>What was decoded before is saved.</source>
        <translation>Was bisher transkribiert wurde, ist gespeichert.</translation>
    </message>
    <message>
        <source>Free about 200&#xa0;MB and continue.</source>
        <translation>Etwa 200&#xa0;MB freigeben und fortsetzen.</translation>
    </message>
    <message>
        <source>Free about {size} and continue.</source>
        <translation>Etwa {size} freigeben und fortsetzen.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Afrikaans</source>
        <translation>Afrikaans</translation>
    </message>
    <message>
        <source>Albanian</source>
        <translation>Albanisch</translation>
    </message>
    <message>
        <source>Amharic</source>
        <translation>Amharisch</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>Armenian</source>
        <translation>Armenisch</translation>
    </message>
    <message>
        <source>Assamese</source>
        <translation>Assamesisch</translation>
    </message>
    <message>
        <source>Azerbaijani</source>
        <translation>Aserbaidschanisch</translation>
    </message>
    <message>
        <source>Bashkir</source>
        <translation>Baschkirisch</translation>
    </message>
    <message>
        <source>Basque</source>
        <translation>Baskisch</translation>
    </message>
    <message>
        <source>Belarusian</source>
        <translation>Belarussisch</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>Bengalisch</translation>
    </message>
    <message>
        <source>Bosnian</source>
        <translation>Bosnisch</translation>
    </message>
    <message>
        <source>Breton</source>
        <translation>Bretonisch</translation>
    </message>
    <message>
        <source>Bulgarian</source>
        <translation>Bulgarisch</translation>
    </message>
    <message>
        <source>Cantonese</source>
        <translation>Kantonesisch</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Katalanisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
    <message>
        <source>Croatian</source>
        <translation>Kroatisch</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tschechisch</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Dänisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Estonian</source>
        <translation>Estnisch</translation>
    </message>
    <message>
        <source>Faroese</source>
        <translation>Färöisch</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>Galician</source>
        <translation>Galicisch</translation>
    </message>
    <message>
        <source>Georgian</source>
        <translation>Georgisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>Gujarati</source>
        <translation>Gujarati</translation>
    </message>
    <message>
        <source>Haitian Creole</source>
        <translation>Haitianisch</translation>
    </message>
    <message>
        <source>Hausa</source>
        <translation>Haussa</translation>
    </message>
    <message>
        <source>Hawaiian</source>
        <translation>Hawaiisch</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Hebräisch</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Ungarisch</translation>
    </message>
    <message>
        <source>Icelandic</source>
        <translation>Isländisch</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>Indonesisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Javanese</source>
        <translation>Javanisch</translation>
    </message>
    <message>
        <source>Kannada</source>
        <translation>Kannada</translation>
    </message>
    <message>
        <source>Kazakh</source>
        <translation>Kasachisch</translation>
    </message>
    <message>
        <source>Khmer</source>
        <translation>Khmer</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Lao</source>
        <translation>Laotisch</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>Latein</translation>
    </message>
    <message>
        <source>Latvian</source>
        <translation>Lettisch</translation>
    </message>
    <message>
        <source>Lingala</source>
        <translation>Lingala</translation>
    </message>
    <message>
        <source>Lithuanian</source>
        <translation>Litauisch</translation>
    </message>
    <message>
        <source>Luxembourgish</source>
        <translation>Luxemburgisch</translation>
    </message>
    <message>
        <source>Macedonian</source>
        <translation>Mazedonisch</translation>
    </message>
    <message>
        <source>Malagasy</source>
        <translation>Malagasy</translation>
    </message>
    <message>
        <source>Malay</source>
        <translation>Malaiisch</translation>
    </message>
    <message>
        <source>Malayalam</source>
        <translation>Malayalam</translation>
    </message>
    <message>
        <source>Maltese</source>
        <translation>Maltesisch</translation>
    </message>
    <message>
        <source>Maori</source>
        <translation>Maori</translation>
    </message>
    <message>
        <source>Marathi</source>
        <translation>Marathi</translation>
    </message>
    <message>
        <source>Mongolian</source>
        <translation>Mongolisch</translation>
    </message>
    <message>
        <source>Myanmar</source>
        <translation>Birmanisch</translation>
    </message>
    <message>
        <source>Nepali</source>
        <translation>Nepali</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Norwegisch</translation>
    </message>
    <message>
        <source>Nynorsk</source>
        <translation>Nynorsk</translation>
    </message>
    <message>
        <source>Occitan</source>
        <translation>Okzitanisch</translation>
    </message>
    <message>
        <source>Pashto</source>
        <translation>Paschtu</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>Persisch</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Punjabi</source>
        <translation>Punjabi</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Rumänisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Sanskrit</source>
        <translation>Sanskrit</translation>
    </message>
    <message>
        <source>Serbian</source>
        <translation>Serbisch</translation>
    </message>
    <message>
        <source>Shona</source>
        <translation>Shona</translation>
    </message>
    <message>
        <source>Sindhi</source>
        <translation>Sindhi</translation>
    </message>
    <message>
        <source>Sinhala</source>
        <translation>Singhalesisch</translation>
    </message>
    <message>
        <source>Slovak</source>
        <translation>Slowakisch</translation>
    </message>
    <message>
        <source>Slovenian</source>
        <translation>Slowenisch</translation>
    </message>
    <message>
        <source>Somali</source>
        <translation>Somali</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Sundanese</source>
        <translation>Sundanesisch</translation>
    </message>
    <message>
        <source>Swahili</source>
        <translation>Suaheli</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Schwedisch</translation>
    </message>
    <message>
        <source>Tagalog</source>
        <translation>Tagalog</translation>
    </message>
    <message>
        <source>Tajik</source>
        <translation>Tadschikisch</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>Tamil</translation>
    </message>
    <message>
        <source>Tatar</source>
        <translation>Tatarisch</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>Telugu</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thailändisch</translation>
    </message>
    <message>
        <source>Tibetan</source>
        <translation>Tibetisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Turkmen</source>
        <translation>Turkmenisch</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainisch</translation>
    </message>
    <message>
        <source>Urdu</source>
        <translation>Urdu</translation>
    </message>
    <message>
        <source>Uzbek</source>
        <translation>Usbekisch</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamesisch</translation>
    </message>
    <message>
        <source>Welsh</source>
        <translation>Walisisch</translation>
    </message>
    <message>
        <source>Yiddish</source>
        <translation>Jiddisch</translation>
    </message>
    <message>
        <source>Yoruba</source>
        <translation>Yoruba</translation>
    </message>
</context>
<context>
    <name>LibraryController</name>
    <message>
        <source>Find the recording</source>
        <translation>Aufnahme suchen</translation>
    </message>
    <message numerus="yes">
        <source>%n transcript(s) were deleted.</source>
        <translation>
            <numerusform>%n Transkript wurde gelöscht.</numerusform>
            <numerusform>%n Transkripte wurden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n transcript(s) for good?</source>
        <translation>
            <numerusform>%n Transkript endgültig löschen?</numerusform>
            <numerusform>%n Transkripte endgültig löschen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete everything in Deleted for good?</source>
        <translation>Alles unter „Gelöscht“ endgültig löschen?</translation>
    </message>
    <message>
        <source>Text and history are removed. Recordings and exported files stay.</source>
        <translation>Text und Verlauf werden entfernt. Aufnahmen und exportierte Dateien bleiben.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>The watched folder “{name}” cannot be read. It is looked at again.</source>
        <translation>Der beobachtete Ordner „{name}“ kann nicht gelesen werden. Das Programm versucht es weiter.</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>Without a folder</source>
        <translation>Ohne Ordner</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>Transkripte</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
</context>
<context>
    <name>LibraryTree</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Find it…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Remove from queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
    <message>
        <source>Keep what there is</source>
        <translation>Vorhandenes behalten</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Use the newest backup</source>
        <translation>Neueste Sicherung verwenden</translation>
    </message>
    <message>
        <source>Start with an empty library</source>
        <translation>Mit leerer Bibliothek beginnen</translation>
    </message>
    <message>
        <source>The engine stopped and was started again.</source>
        <translation>Die Erkennung endete und wurde neu gestartet.</translation>
    </message>
    <message>
        <source>The engine stopped at {time} and was started again.</source>
        <translation>Die Erkennung endete bei {time} und wurde neu gestartet.</translation>
    </message>
    <message>
        <source>Nothing was lost.</source>
        <translation>Nichts ging verloren.</translation>
    </message>
    <message>
        <source>The engine stopped twice in the same place.</source>
        <translation>Die Erkennung endete zweimal an derselben Stelle.</translation>
    </message>
    <message>
        <source>Going on with the processor and less memory; nothing was lost.</source>
        <translation>Es geht mit dem Prozessor und weniger Speicher weiter; nichts ging verloren.</translation>
    </message>
    <message>
        <source>Graphics memory is full.</source>
        <translation>Der Grafikspeicher ist voll.</translation>
    </message>
    <message>
        <source>Going on with the processor, about 3&#xa0;times slower.</source>
        <translation>Es geht mit dem Prozessor weiter, etwa 3-mal langsamer.</translation>
    </message>
    <message>
        <source>There is not enough memory to work as fast as was asked for.</source>
        <translation>Der Speicher reicht nicht, um so schnell zu arbeiten wie gewünscht.</translation>
    </message>
    <message>
        <source>Going on with less, which takes longer; nothing was lost.</source>
        <translation>Es geht mit weniger weiter, was länger dauert; nichts ging verloren.</translation>
    </message>
    <message>
        <source>A library that the graphics card needs is missing.</source>
        <translation>Eine Bibliothek, die die Grafikkarte braucht, fehlt.</translation>
    </message>
    <message>
        <source>Going on with the processor.</source>
        <translation>Es geht mit dem Prozessor weiter.</translation>
    </message>
    <message>
        <source>The recording changed since the last run.</source>
        <translation>Die Aufnahme hat sich seit dem letzten Mal geändert.</translation>
    </message>
    <message>
        <source>It is transcribed from the start; the old text is in History.</source>
        <translation>Sie wird von vorn transkribiert; der alte Text steht im Verlauf.</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Pause the download</source>
        <translation>Laden anhalten</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Laden abbrechen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>Mehr zu {0}</translation>
    </message>
    <message>
        <source>Cancel the download of {0}</source>
        <translation>Laden von {0} abbrechen</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Go on with {0}</source>
        <translation>Mit {0} weitermachen</translation>
    </message>
    <message>
        <source>Pause the download of {0}</source>
        <translation>Laden von {0} anhalten</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Check all files</source>
        <translation>Alle Dateien prüfen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
</context>
<context>
    <name>ModelNote</name>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>In use</source>
        <translation>In Benutzung</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Damaged: a file is missing or does not match.</source>
        <translation>Beschädigt: Eine Datei fehlt oder stimmt nicht.</translation>
    </message>
    <message>
        <source>Every file is being read and compared</source>
        <translation>Alle Dateien werden gelesen und verglichen</translation>
    </message>
    <message>
        <source>Imported, unknown to the catalogue</source>
        <translation>Importiert, nicht im Katalog</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>Nur Englisch</translation>
    </message>
    <message numerus="yes">
        <source>Multilingual  ·  %n language(s)</source>
        <translation>
            <numerusform>Mehrsprachig  ·  %n Sprache</numerusform>
            <numerusform>Mehrsprachig  ·  %n Sprachen</numerusform>
        </translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>{0}× real time</source>
        <translation>{0}× Echtzeit</translation>
    </message>
    <message>
        <source>about {0}×</source>
        <translation>etwa {0}×</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>about {0} in 100</source>
        <translation>etwa {0} von 100</translation>
    </message>
</context>
<context>
    <name>ModelStrip</name>
    <message>
        <source>How it is transcribed</source>
        <translation>Wie transkribiert wird</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>As spoken</source>
        <translation>Wie gesprochen</translation>
    </message>
    <message>
        <source>Translated into English</source>
        <translation>Ins Englische übersetzt</translation>
    </message>
    <message>
        <source>Channels mixed</source>
        <translation>Kanäle gemischt</translation>
    </message>
    <message>
        <source>One speaker a channel</source>
        <translation>Ein Sprecher je Kanal</translation>
    </message>
    <message>
        <source>Changes apply from {time} on.</source>
        <translation>Änderungen gelten ab {time}.</translation>
    </message>
    <message>
        <source>Changes apply to the whole recording.</source>
        <translation>Änderungen gelten für die ganze Aufnahme.</translation>
    </message>
    <message>
        <source>Detect the language</source>
        <translation>Sprache erkennen</translation>
    </message>
    <message>
        <source>{language} (detected)</source>
        <translation>{language} (erkannt)</translation>
    </message>
</context>
<context>
    <name>NameEditor</name>
    <message>
        <source>Name of the speaker</source>
        <translation>Name des Sprechers</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>OptionRows</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
</context>
<context>
    <name>PresetList</name>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation>Diese Vorlage entfernen</translation>
    </message>
</context>
<context>
    <name>PresetNaming</name>
    <message>
        <source>Save as preset…</source>
        <translation>Als Vorlage speichern …</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Ein Name fehlt.</translation>
    </message>
</context>
<context>
    <name>PreviewPages</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>The preview is being made.</source>
        <translation>Die Vorschau entsteht.</translation>
    </message>
    <message>
        <source>There is no text yet.</source>
        <translation>Es gibt noch keinen Text.</translation>
    </message>
    <message>
        <source>{page} / {pages}</source>
        <translation>{page} / {pages}</translation>
    </message>
    <message>
        <source>{page} / about {pages}</source>
        <translation>{page} / etwa {pages}</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>Recordings and transcripts stay here, and nothing is counted or reported. The network is used only to fetch a speech model when you ask for it.</source>
        <translation>Aufnahmen und Transkripte bleiben hier, und nichts wird gezählt oder gemeldet. Das Netz dient nur dazu, auf Wunsch ein Sprachmodell zu holen.</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Wozu</translation>
    </message>
    <message>
        <source>The program has made no connection.</source>
        <translation>Das Programm hat keine Verbindung aufgebaut.</translation>
    </message>
    <message numerus="yes">
        <source>The program has made %n connection(s). All are listed.</source>
        <translation>
            <numerusform>Das Programm hat %n Verbindung aufgebaut. Sie steht in der Liste.</numerusform>
            <numerusform>Das Programm hat %n Verbindungen aufgebaut. Alle stehen in der Liste.</numerusform>
        </translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Speech model {name}</source>
        <translation>Sprachmodell {name}</translation>
    </message>
    <message>
        <source>A part of the program that said no reason</source>
        <translation>Ein Teil des Programms, der keinen Grund nannte</translation>
    </message>
</context>
<context>
    <name>ProfileEditor</name>
    <message>
        <source>Best one installed</source>
        <translation>Bestes installiertes</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Detected</source>
        <translation>Automatisch erkannt</translation>
    </message>
    <message>
        <source>Spoken language</source>
        <translation>Gesprochene Sprache</translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>Aufschreiben</translation>
    </message>
    <message>
        <source>Translate into English</source>
        <translation>Ins Englische übersetzen</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Gemischt</translation>
    </message>
    <message>
        <source>One speaker each</source>
        <translation>Je ein Sprecher</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Beam size</source>
        <translation>Suchbreite (Beam Size)</translation>
    </message>
    <message>
        <source>More is slower and a little more accurate.</source>
        <translation>Mehr ist langsamer und etwas genauer.</translation>
    </message>
    <message>
        <source>Introduction</source>
        <translation>Einleitung</translation>
    </message>
    <message>
        <source>Topic and style, such as “A talk about geology.”</source>
        <translation>Thema und Stil, etwa „Ein Vortrag über Geologie.“</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>Glossar</translation>
    </message>
    <message>
        <source>Names and terms, separated by commas</source>
        <translation>Namen und Begriffe, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Files written at the end</source>
        <translation>Dateien am Ende</translation>
    </message>
    <message>
        <source>Folder of these files</source>
        <translation>Ordner dieser Dateien</translation>
    </message>
    <message>
        <source>Beside the recording</source>
        <translation>Neben der Aufnahme</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>A profile needs a name.</source>
        <translation>Ein Profil braucht einen Namen.</translation>
    </message>
    <message>
        <source>Another profile has this name. Choose another one.</source>
        <translation>Ein anderes Profil heißt schon so. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Folder for exported files</source>
        <translation>Ordner für exportierte Dateien</translation>
    </message>
</context>
<context>
    <name>ProfileRow</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>More for this profile</source>
        <translation>Mehr zu diesem Profil</translation>
    </message>
    <message>
        <source>Edit the profile {0}</source>
        <translation>Profil {0} bearbeiten</translation>
    </message>
    <message>
        <source>More for the profile {0}</source>
        <translation>Mehr zum Profil {0}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Use for new recordings</source>
        <translation>Für neue Aufnahmen verwenden</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{0} copy</source>
        <translation>{0} (Kopie)</translation>
    </message>
</context>
<context>
    <name>ProfileSection</name>
    <message>
        <source>For new recordings</source>
        <translation>Für neue Aufnahmen</translation>
    </message>
    <message>
        <source>Used when you drop a file. You can change it while it runs.</source>
        <translation>Gilt für abgelegte Dateien. Lässt sich ändern, während die Arbeit läuft.</translation>
    </message>
    <message>
        <source>Add a profile</source>
        <translation>Profil hinzufügen</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>Neues Profil</translation>
    </message>
    <message>
        <source>Speech model, language, task and files written at the end.</source>
        <translation>Sprachmodell, Sprache, Aufgabe und Dateien am Ende.</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner beobachten …</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Recordings that arrive there are transcribed by themselves.</source>
        <translation>Aufnahmen, die dort eintreffen, werden von selbst transkribiert.</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner beobachten</translation>
    </message>
</context>
<context>
    <name>ProfileSummary</name>
    <message>
        <source>best model installed</source>
        <translation>bestes installiertes Modell</translation>
    </message>
    <message>
        <source>language detected</source>
        <translation>Sprache automatisch erkannt</translation>
    </message>
    <message>
        <source>translated into English</source>
        <translation>ins Englische übersetzt</translation>
    </message>
    <message>
        <source>one speaker a channel</source>
        <translation>ein Sprecher je Kanal</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>The damaged library is kept beside this one, as “{name}”.</source>
        <translation>Die beschädigte Bibliothek liegt daneben, als „{name}“.</translation>
    </message>
    <message>
        <source>The program did not end by itself last time. Nothing stored was lost.</source>
        <translation>Das Programm wurde beim letzten Mal nicht regulär beendet. Nichts Gespeichertes ging verloren.</translation>
    </message>
    <message>
        <source>The settings could not be read, so the usual ones hold. The old file is kept as “{name}”.</source>
        <translation>Die Einstellungen konnten nicht gelesen werden, daher gelten die üblichen. Die alte Datei bleibt als „{name}“ erhalten.</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Transcribing</source>
        <translation>Transkription läuft</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Search all</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Show library</source>
        <translation>Bibliothek zeigen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Back to default</source>
        <translation>Auf Vorgabe zurücksetzen</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
</context>
<context>
    <name>RowItems</name>
    <message numerus="yes">
        <source>{name}, %n row(s)</source>
        <translation>
            <numerusform>{name}, %n Zeile</numerusform>
            <numerusform>{name}, %n Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Move to folder</source>
        <translation>In Ordner verschieben</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
</context>
<context>
    <name>RowNames</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Neu transkribieren</translation>
    </message>
    <message>
        <source>Show recording in folder</source>
        <translation>Aufnahme im Ordner zeigen</translation>
    </message>
    <message>
        <source>Find recording…</source>
        <translation>Aufnahme suchen …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen …</translation>
    </message>
    <message>
        <source>Delete all for good…</source>
        <translation>Alle endgültig löschen …</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Remove folder, keep transcripts</source>
        <translation>Ordner entfernen, Transkripte behalten</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>Nur diese zeigen</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Filter titles</source>
        <translation>Titel filtern</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Ordner beobachten …</translation>
    </message>
    <message>
        <source>Watch no longer</source>
        <translation>Nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>SavePlace</name>
    <message>
        <source>Save to</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Pattern of the name</source>
        <translation>Muster des Namens</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner auswählen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Filled in: {fields}. A slash makes folders.</source>
        <translation>Eingesetzt werden: {fields}. Ein Schrägstrich legt Ordner an.</translation>
    </message>
    <message>
        <source>Beside the recording</source>
        <translation>Neben der Aufnahme</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen …</translation>
    </message>
    <message>
        <source>Name by a pattern…</source>
        <translation>Name nach Muster …</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>SearchModel</name>
    <message>
        <source>Titles</source>
        <translation>Titel</translation>
    </message>
    <message numerus="yes">
        <source>Titles, %n transcript(s)</source>
        <translation>
            <numerusform>Titel, %n Transkript</numerusform>
            <numerusform>Titel, %n Transkripte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{title}, %n place(s)</source>
        <translation>
            <numerusform>{title}, %n Stelle</numerusform>
            <numerusform>{title}, %n Stellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchSheet</name>
    <message>
        <source>Search all transcripts</source>
        <translation>Alle Transkripte durchsuchen</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>Gefundene Stellen</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n Stelle</numerusform>
            <numerusform>%n Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>%n Transkript</numerusform>
            <numerusform>%n Transkripten</numerusform>
        </translation>
    </message>
    <message>
        <source>{places} in {transcripts}</source>
        <translation>{places} in {transcripts}</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) so far</source>
        <translation>
            <numerusform>bisher %n Stelle</numerusform>
            <numerusform>bisher %n Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Words, or a part of a sentence, in the titles and texts of all transcripts.</source>
        <translation>Wörter oder ein Teil eines Satzes aus den Titeln und Texten aller Transkripte.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Es wird gesucht …</translation>
    </message>
    <message>
        <source>No transcript has “{text}”.</source>
        <translation>Kein Transkript enthält „{text}“.</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Open here</source>
        <translation>Hier öffnen</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Follows the system unless you choose.</source>
        <translation>Folgt dem System, solange nichts gewählt ist.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language of the program</source>
        <translation>Sprache des Programms</translation>
    </message>
    <message>
        <source>The language of recordings is chosen in the profile.</source>
        <translation>Die Sprache der Aufnahmen wird im Profil gewählt.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Reading size</source>
        <translation>Lesegröße</translation>
    </message>
    <message>
        <source>Size of the transcript&apos;s text.</source>
        <translation>Schriftgröße des Transkripts.</translation>
    </message>
    <message>
        <source>Reading font with serifs</source>
        <translation>Leseschrift mit Serifen</translation>
    </message>
    <message>
        <source>Shows transcripts like the page of a book.</source>
        <translation>Zeigt Transkripte wie eine Buchseite.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>Shows changes at once, without moving parts.</source>
        <translation>Zeigt Änderungen sofort, ohne bewegte Teile.</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Keep deleted transcripts</source>
        <translation>Gelöschte Transkripte behalten</translation>
    </message>
    <message>
        <source>After that time they are removed for good.</source>
        <translation>Danach werden sie endgültig entfernt.</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>Until you remove them</source>
        <translation>Bis zum Entfernen von Hand</translation>
    </message>
    <message>
        <source>For new recordings</source>
        <translation>Für neue Aufnahmen</translation>
    </message>
    <message>
        <source>Used when you drop a file. You can change it while it runs.</source>
        <translation>Gilt für abgelegte Dateien. Lässt sich ändern, während die Arbeit läuft.</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Speech model, language, task and files written at the end.</source>
        <translation>Sprachmodell, Sprache, Aufgabe und Dateien am Ende.</translation>
    </message>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Recordings that arrive there are transcribed by themselves.</source>
        <translation>Aufnahmen, die dort eintreffen, werden von selbst transkribiert.</translation>
    </message>
    <message>
        <source>Computing device</source>
        <translation>Rechengerät</translation>
    </message>
    <message>
        <source>What does the work of transcribing.</source>
        <translation>Wer die Arbeit des Transkribierens übernimmt.</translation>
    </message>
    <message>
        <source>Number type</source>
        <translation>Zahlentyp</translation>
    </message>
    <message>
        <source>Smaller numbers are faster and need less memory.</source>
        <translation>Kleinere Zahlen sind schneller und brauchen weniger Speicher.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation>Prozessorkerne</translation>
    </message>
    <message>
        <source>Half leaves more to other programs.</source>
        <translation>Die Hälfte lässt anderen Programmen mehr übrig.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>Hälfte</translation>
    </message>
    <message>
        <source>Quiet on battery</source>
        <translation>Leise im Akkubetrieb</translation>
    </message>
    <message>
        <source>Works slower and cooler until the computer is plugged in.</source>
        <translation>Arbeitet langsamer und kühler, bis das Netzteil angeschlossen ist.</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>Offline bleiben</translation>
    </message>
    <message>
        <source>Refuses every connection, also the download of speech models.</source>
        <translation>Lehnt jede Verbindung ab, auch das Laden von Sprachmodellen.</translation>
    </message>
</context>
<context>
    <name>SettingsArea</name>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen von Einstellungen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Back to the library</source>
        <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
        <source>Whisper Transcriber {version}</source>
        <translation>Whisper Transcriber {version}</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>Sprachmodelle</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Privacy and network</source>
        <translation>Datenschutz und Netz</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
</context>
<context>
    <name>SettingsController</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>All transcripts, in one file.</source>
        <translation>Alle Transkripte, in einer Datei.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>What you chose.</source>
        <translation>Was gewählt wurde.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What the program did, without any text.</source>
        <translation>Was das Programm getan hat, ohne Texte.</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>Sprachmodelle</translation>
    </message>
    <message>
        <source>Downloaded ones.</source>
        <translation>Die geladenen.</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
    </message>
    <message>
        <source>The settings could not be saved. They hold until the program is closed; check whether the disk is full.</source>
        <translation>Die Einstellungen ließen sich nicht speichern. Sie gelten, bis das Programm beendet wird. Prüfen, ob der Datenträger voll ist.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>Änderungen gelten sofort.</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>Sprachmodelle</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Privacy and network</source>
        <translation>Datenschutz und Netz</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>No setting has “{0}”.</source>
        <translation>Keine Einstellung enthält „{0}“.</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) match “{0}”.</source>
        <translation>
            <numerusform>%n Einstellung passt zu „{0}“.</numerusform>
            <numerusform>%n Einstellungen passen zu „{0}“.</numerusform>
        </translation>
    </message>
    <message>
        <source>Manage models…</source>
        <translation>Modelle verwalten …</translation>
    </message>
    <message>
        <source>No speech model is installed</source>
        <translation>Kein Sprachmodell installiert</translation>
    </message>
    <message>
        <source>Download one, or import it from a folder.</source>
        <translation>Eines laden oder aus einem Ordner importieren.</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>Nicht auf diesem Computer</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Benutzung</translation>
    </message>
    <message>
        <source>{0}× real time on this computer</source>
        <translation>{0}× Echtzeit auf diesem Computer</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Add recordings</source>
        <translation>Aufnahmen hinzufügen</translation>
    </message>
    <message>
        <source>Search all transcripts</source>
        <translation>Alle Transkripte durchsuchen</translation>
    </message>
    <message>
        <source>Find in the transcript, or in the settings</source>
        <translation>Im Transkript oder in den Einstellungen suchen</translation>
    </message>
    <message>
        <source>Find the next place</source>
        <translation>Nächste Stelle suchen</translation>
    </message>
    <message>
        <source>Find the previous place</source>
        <translation>Vorige Stelle suchen</translation>
    </message>
    <message>
        <source>Find and replace</source>
        <translation>Suchen und ersetzen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Go to the newest text</source>
        <translation>Zum neuesten Text gehen</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Usual text size</source>
        <translation>Übliche Textgröße</translation>
    </message>
    <message>
        <source>Rename the chosen transcript</source>
        <translation>Gewähltes Transkript umbenennen</translation>
    </message>
    <message>
        <source>Delete the chosen transcripts</source>
        <translation>Gewählte Transkripte löschen</translation>
    </message>
    <message>
        <source>Pause or resume transcribing</source>
        <translation>Transkription anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Go to the next area of the window</source>
        <translation>Zum nächsten Bereich des Fensters gehen</translation>
    </message>
    <message>
        <source>Go to the previous area of the window</source>
        <translation>Zum vorigen Bereich des Fensters gehen</translation>
    </message>
    <message>
        <source>Show or hide the library</source>
        <translation>Bibliothek zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Finished transcripts
appear here.</source>
        <translation>Fertige Transkripte
erscheinen hier.</translation>
    </message>
    <message>
        <source>Search all</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Strg K</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>On this computer only</source>
        <translation>Nur auf diesem Computer</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>Neues Schlagwort</translation>
    </message>
</context>
<context>
    <name>SpeakerChip</name>
    <message>
        <source>Speaker {0}</source>
        <translation>Sprecher {0}</translation>
    </message>
    <message>
        <source>Speaker unknown</source>
        <translation>Sprecher unbekannt</translation>
    </message>
</context>
<context>
    <name>SpeakerNames</name>
    <message>
        <source>Speaker {0}</source>
        <translation>Sprecher {0}</translation>
    </message>
</context>
<context>
    <name>SpeechModelsPage</name>
    <message>
        <source>Import from folder…</source>
        <translation>Aus Ordner importieren …</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>Sprachmodelle</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>Zum Laden</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>Wrong words</source>
        <translation>Falsche Wörter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>Alle Sprachen</translation>
    </message>
    <message>
        <source>Multilingual</source>
        <translation>Mehrsprachig</translation>
    </message>
    <message>
        <source>English only</source>
        <translation>Nur Englisch</translation>
    </message>
    <message>
        <source>{free} are free.</source>
        <translation>{free} sind frei.</translation>
    </message>
    <message>
        <source>The disk is being read.</source>
        <translation>Der Datenträger wird gelesen.</translation>
    </message>
    <message>
        <source>No speech model is on this computer yet.</source>
        <translation>Auf diesem Computer ist noch kein Sprachmodell.</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) use {used}.</source>
        <translation>
            <numerusform>%n Modell belegt {used}.</numerusform>
            <numerusform>%n Modelle belegen {used}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Wrong words: published figures for English recordings of many kinds.</source>
        <translation>Falsche Wörter: veröffentlichte Werte für englische Aufnahmen vieler Arten.</translation>
    </message>
    <message>
        <source>Speeds marked “about” are estimated from a model measured here.</source>
        <translation>Tempo mit „etwa“ ist aus einem hier gemessenen Modell geschätzt.</translation>
    </message>
    <message>
        <source>Speed is measured with the first recording.</source>
        <translation>Das Tempo wird bei der ersten Aufnahme gemessen.</translation>
    </message>
    <message>
        <source>It can be downloaded again at any time ({size}).</source>
        <translation>Es lässt sich jederzeit neu laden ({size}).</translation>
    </message>
    <message>
        <source>It was imported, so it can come back only from where it came ({size}).</source>
        <translation>Es wurde importiert und kommt nur von dort zurück, woher es kam ({size}).</translation>
    </message>
    <message>
        <source>Delete the model {name} from this computer?</source>
        <translation>Das Modell {name} von diesem Computer löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The model {name} is on this computer now.</source>
        <translation>Das Modell {name} ist jetzt auf diesem Computer.</translation>
    </message>
    <message>
        <source>The model {name} is in order: every file is as it should be.</source>
        <translation>Das Modell {name} ist in Ordnung: Jede Datei ist, wie sie sein soll.</translation>
    </message>
    <message>
        <source>Import a speech model from a folder</source>
        <translation>Sprachmodell aus einem Ordner importieren</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>{count} languages</source>
        <translation>{count} Sprachen</translation>
    </message>
</context>
<context>
    <name>StoppedCard</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
</context>
<context>
    <name>TranscriptHeader</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Find in this transcript</source>
        <translation>In diesem Transkript suchen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Show recording in folder</source>
        <translation>Aufnahme im Ordner zeigen</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>Neu transkribieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>TranscriptMenu</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Sprecher</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>New speaker…</source>
        <translation>Neuer Sprecher …</translation>
    </message>
</context>
<context>
    <name>TranscriptView</name>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>Text of the recording; typing changes it.</source>
        <translation>Text der Aufnahme; Tippen ändert ihn.</translation>
    </message>
    <message>
        <source>Go to the newest text</source>
        <translation>Zum neuesten Text gehen</translation>
    </message>
    <message>
        <source>{0} newest</source>
        <translation>Neuestes: {0}</translation>
    </message>
    <message>
        <source>Go to the newest text, {0}</source>
        <translation>Zum neuesten Text gehen, {0}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>UnfinishedNote</name>
    <message>
        <source>Not all of these transcripts are finished; the files get the text so far.</source>
        <translation>Nicht alle dieser Transkripte sind fertig; die Dateien bekommen den bisherigen Text.</translation>
    </message>
    <message>
        <source>This transcript is not finished; the file gets the text so far.</source>
        <translation>Dieses Transkript ist nicht fertig; die Datei bekommt den bisherigen Text.</translation>
    </message>
    <message>
        <source>Only {done} of {length} are transcribed so far; the file gets the text up to now.</source>
        <translation>Erst {done} von {length} sind transkribiert; die Datei bekommt den bisherigen Text.</translation>
    </message>
</context>
<context>
    <name>UnsavedController</name>
    <message>
        <source>Some changes of last time could not be stored. They are in “{name}”.</source>
        <translation>Einige Änderungen vom letzten Mal konnten nicht gespeichert werden. Sie stehen in „{name}“.</translation>
    </message>
</context>
<context>
    <name>WaitingNote</name>
    <message>
        <source>The window that is open is busy at the moment.</source>
        <translation>Das offene Fenster ist gerade beschäftigt.</translation>
    </message>
    <message>
        <source>It takes your recordings as soon as it answers.</source>
        <translation>Es übernimmt Ihre Aufnahmen, sobald es antwortet.</translation>
    </message>
    <message>
        <source>It comes to the front as soon as it answers.</source>
        <translation>Es kommt nach vorn, sobald es antwortet.</translation>
    </message>
</context>
<context>
    <name>WaitingWords</name>
    <message>
        <source>Reading the file… The first words appear here in a moment.</source>
        <translation>Die Datei wird gelesen … Die ersten Wörter erscheinen hier gleich.</translation>
    </message>
    <message>
        <source>Listening… The first words appear here in a moment.</source>
        <translation>Wird angehört … Die ersten Wörter erscheinen hier gleich.</translation>
    </message>
    <message>
        <source>This recording waits in the queue. Its text will appear here.</source>
        <translation>Diese Aufnahme wartet in der Warteschlange. Ihr Text erscheint hier.</translation>
    </message>
    <message>
        <source>Paused before the first words. Resume to go on.</source>
        <translation>Vor den ersten Wörtern angehalten. „Fortsetzen“ macht weiter.</translation>
    </message>
    <message>
        <source>Interrupted before the first words. It goes on by itself.</source>
        <translation>Vor den ersten Wörtern unterbrochen. Es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Stopped before the first words.</source>
        <translation>Vor den ersten Wörtern gestoppt.</translation>
    </message>
</context>
<context>
    <name>_DropCard</name>
    <message>
        <source>Choose files…</source>
        <translation>Dateien auswählen …</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Drop to start</source>
        <translation>Loslassen zum Starten</translation>
    </message>
    <message>
        <source>Drop a recording here</source>
        <translation>Aufnahme hier ablegen</translation>
    </message>
    <message>
        <source>Audio, video or a whole folder.
Transcription starts at once and stays on this computer.</source>
        <translation>Audio, Video oder ein ganzer Ordner.
Die Transkription beginnt sofort und bleibt auf diesem Computer.</translation>
    </message>
</context>
<context>
    <name>_PlaceRow</name>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy the path: {0}</source>
        <translation>Pfad kopieren: {0}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open: {0}</source>
        <translation>Öffnen: {0}</translation>
    </message>
</context>
</TS>
